package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Liveness;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.SignedURL;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The singleton as one object sees it. */
final class WebSocketManageView implements WebSocketManage {

    private static final int MAX_PAGE = 1000;

    private final WebSocketManageBean manage;
    private final SignedURLs signedURLs;
    private final JsonMapper json;
    private final Addressing addressing;

    WebSocketManageView(
            WebSocketManageBean manage, SignedURLs signedURLs, JsonMapper json, Addressing addressing) {
        this.manage = manage;
        this.signedURLs = signedURLs;
        this.json = json;
        this.addressing = addressing;
    }

    @Override
    public SendResult send(UnaryOperator<Target> to, @Nullable Object data, SendOption... options) {
        Target target = target(to);
        Collection<String> paths = addressing.paths(target);
        OutgoingMessage message = message(data);
        boolean encryptedOnly = Arrays.asList(options).contains(SendOption.REQUIRE_ENCRYPTED);
        // What a program does by itself, from a timer for example, is nobody's doing.
        if (!target.isEveryone() || addressing.call().isEmpty()) {
            return manage.send(target, paths, message, encryptedOnly, addressing.call());
        }
        return AuditTrail.noted(
                Audit.SEND_TO_EVERYONE,
                addressing.call(),
                Whom.of(target, paths, manage),
                () -> manage.send(target, paths, message, encryptedOnly, addressing.call()),
                sent -> sent.deferred() ? "deferred" : "queued for " + sent.queued());
    }

    @Override
    public int close(UnaryOperator<Target> who) {
        Target target = named("close", who);
        Collection<String> paths = addressing.paths(target);
        return noted(Audit.CLOSE, target, paths, () -> manage.close(target, paths));
    }

    @Override
    public int forceLogout(UnaryOperator<Target> who, @Nullable Object data) {
        Target target = named("forceLogout", who);
        Collection<String> paths = addressing.paths(target);
        Payload.Json said = data == null ? null : json.write(data);
        return noted(Audit.FORCE_LOGOUT, target, paths, () -> manage.forceLogout(target, paths, said));
    }

    private int noted(Audit what, Target target, Collection<String> paths, Supplier<Integer> action) {
        String whom = Whom.of(target, paths, manage);
        return AuditTrail.noted(what, addressing.call(), whom, action, count -> "connections " + count);
    }

    @Override
    public SignedURL signedURL() {
        return signedURLs.start(addressing);
    }

    @Override
    public Optional<Online> find(String cid) {
        return manage.find(cid);
    }

    @Override
    public boolean isAlive(String cid) {
        return manage.isAlive(cid);
    }

    @Override
    public Liveness isAlive(Collection<String> cids) {
        List<String> alive = new ArrayList<>();
        List<String> dead = new ArrayList<>();
        for (String cid : cids) {
            (manage.isAlive(cid) ? alive : dead).add(cid);
        }
        return new Liveness(alive.size(), cids.size(), alive, dead);
    }

    @Override
    public void join(String... groups) {
        Target self = Target.none().cid(addressing.cid());
        manage.join(self, List.of(), List.of(groups));
    }

    @Override
    public void leave(String... groups) {
        Target self = Target.none().cid(addressing.cid());
        manage.leave(self, List.of(), List.of(groups));
    }

    @Override
    public int join(UnaryOperator<Target> who, String... groups) {
        Target target = target(who);
        return manage.join(target, addressing.paths(target), List.of(groups));
    }

    @Override
    public int leave(UnaryOperator<Target> who, String... groups) {
        Target target = target(who);
        return manage.leave(target, addressing.paths(target), List.of(groups));
    }

    @Override
    public Online.Page online(UnaryOperator<Target> who, @Nullable String after, int limit) {
        Target target = target(who);
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE + " but is " + limit);
        }
        return manage.online(target, addressing.paths(target), after, limit);
    }

    @Override
    public int count(UnaryOperator<Target> who) {
        Target target = target(who);
        return manage.count(target, addressing.paths(target));
    }

    @Override
    public WebSocketManage on(String path) {
        return new WebSocketManageView(manage, signedURLs, json, addressing.at(path));
    }

    private OutgoingMessage message(@Nullable Object data) {
        Payload payload = json.payload(data);
        if (payload instanceof Payload.Json text && json.hasTopLevel(text, "vkWebSocket")) {
            throw new CloudObjectException(
                    Code.FAIL, "data with a top-level vkWebSocket would pose as the framework: name it otherwise");
        }
        return new OutgoingMessage(new ServerFrame.Message(payload));
    }

    private static Target named(String operation, UnaryOperator<Target> say) {
        return WebSocketManageBean.named(operation, say.apply(Target.none()));
    }

    /** Checked first, so that a target that names nobody is told before a missing object. */
    private static Target target(UnaryOperator<Target> say) {
        return say.apply(Target.none()).checked();
    }
}
