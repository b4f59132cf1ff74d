package dev.cloudobjects.manage;

import dev.cloudobjects.api.Attributes;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.History;
import dev.cloudobjects.api.Liveness;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.SignedURL;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.TrackedSend;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.TargetDescription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service as one object sees it. */
final class WebSocketManageView implements WebSocketManage {

    private static final int MAX_PAGE = 1000;
    /** So that the header of a binary frame has room for the name of a group. */
    private static final int MAX_NAME = 256;
    private static final Duration LONGEST_REQUEST = Duration.ofDays(1);

    private final ManageService service;
    private final SignedURLs signedURLs;
    private final JsonMapper json;
    private final AttributeLimits limits;
    private final Duration requestTimeout;
    private final Addressing addressing;

    WebSocketManageView(
            ManageService service,
            SignedURLs signedURLs,
            JsonMapper json,
            AttributeLimits limits,
            Duration requestTimeout,
            Addressing addressing) {
        this.service = service;
        this.signedURLs = signedURLs;
        this.json = json;
        this.limits = limits;
        this.requestTimeout = requestTimeout;
        this.addressing = addressing;
    }

    @Override
    public SendResult send(Target to, @Nullable Object data, SendOption... options) {
        Scope scope = addressing.scope(to);
        Message message = message(data, options);
        return audited(to, scope, () -> service.send(scope, message), sent -> sent);
    }

    @Override
    public TrackedSend sendTracked(Target to, @Nullable Object data, Until until, SendOption... options) {
        Scope scope = addressing.scope(to);
        Message message = message(data, options);
        return audited(to, scope, () -> service.sendTracked(scope, message, until), TrackedSend::result);
    }

    private <T> T audited(Target to, Scope scope, Supplier<T> send, Function<T, SendResult> result) {
        // What a program does by itself, from a timer for example, is not audited.
        if (!to.isEveryone() || addressing.call().isEmpty()) {
            return send.get();
        }
        return AuditTrail.noted(
                Audit.SEND_TO_EVERYONE,
                addressing.call(),
                TargetDescription.audited(scope, service.reach()),
                send,
                done -> result.apply(done).deferred()
                        ? "deferred"
                        : "queued for " + result.apply(done).queued());
    }

    @Override
    public SendResult reply(@Nullable Object data, SendOption... options) {
        return service.send(self("reply(data)"), message(data, options));
    }

    @Override
    public <T> CompletionStage<T> request(Target to, @Nullable Object data, Class<T> type) {
        return request(to, data, type, requestTimeout);
    }

    @Override
    public <T> CompletionStage<T> request(Target to, @Nullable Object data, Class<T> type, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_REQUEST) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be more than 0 and at most " + LONGEST_REQUEST + " but is " + timeout);
        }
        Payload payload = json.payload(data);
        try {
            return ClientAnswer.of(service.request(addressing.scope(to), payload, timeout), type, json);
        } catch (CloudObjectException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** The connection of the call in progress. */
    private Scope self(String needed) {
        return Scope.ofCids(List.of(addressing.connection(needed).cid()));
    }

    @Override
    public Attributes attributes() {
        return new ConnectionAttributes(addressing.connection("attributes()"), json, limits);
    }

    @Override
    public int close(Target who) {
        Scope whom = addressing.scope(ManageService.named("close", who));
        return noted(Audit.CLOSE, whom, () -> service.close(whom));
    }

    @Override
    public int forceLogout(Target who, @Nullable Object data) {
        Scope whom = addressing.scope(ManageService.named("forceLogout", who));
        Payload.Json event = data == null ? null : json.write(data);
        return noted(Audit.FORCE_LOGOUT, whom, () -> service.forceLogout(whom, event));
    }

    private int noted(Audit what, Scope scope, Supplier<Integer> action) {
        String whom = TargetDescription.audited(scope, service.reach());
        return AuditTrail.noted(what, addressing.call(), whom, action, count -> "connections " + count);
    }

    @Override
    public SignedURL signedURL() {
        return signedURLs.start(addressing);
    }

    @Override
    public Optional<Online> find(String cid) {
        return service.reach().find(cid);
    }

    @Override
    public boolean isAlive(String cid) {
        return service.reach().isAlive(cid);
    }

    @Override
    public Liveness isAlive(Collection<String> cids) {
        List<String> alive = new ArrayList<>();
        List<String> dead = new ArrayList<>();
        for (String cid : cids) {
            (isAlive(cid) ? alive : dead).add(cid);
        }
        return new Liveness(alive.size(), cids.size(), alive, dead);
    }

    @Override
    public void join(String... groups) {
        service.reach().join(self("join(groups)"), List.of(groups));
    }

    @Override
    public void leave(String... groups) {
        service.reach().leave(self("leave(groups)"), List.of(groups));
    }

    @Override
    public int join(Target who, String... groups) {
        return service.reach().join(addressing.scope(who), List.of(groups));
    }

    @Override
    public int leave(Target who, String... groups) {
        return service.reach().leave(addressing.scope(who), List.of(groups));
    }

    @Override
    public Online.Page online(Target who, @Nullable String after, int limit) {
        Scope whom = addressing.scope(who);
        return service.reach().page(whom, after, checked(limit));
    }

    @Override
    public int count(Target who) {
        return service.reach().count(addressing.scope(who));
    }

    @Override
    public void keep(String group, History history) {
        if (group.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "group must have at most " + MAX_NAME + " characters but has " + group.length());
        }
        service.histories().keep(addressing.path(), group, history);
    }

    @Override
    public void forget(String group) {
        service.histories().forget(addressing.path(), group);
    }

    @Override
    public int watch(Target who, Place place) {
        return service.presences().watch(addressing.scope(who), addressing.place(place));
    }

    @Override
    public void watch(Place place) {
        service.presences().watch(self("watch(place)"), addressing.place(place));
    }

    @Override
    public int unwatch(Target who, Place place) {
        return service.presences().unwatch(addressing.scope(who), addressing.place(place));
    }

    @Override
    public void observe(Place place) {
        service.presences().observe(addressing.place(place));
    }

    @Override
    public void unobserve(Place place) {
        service.presences().unobserve(addressing.place(place));
    }

    @Override
    public void presenceData(@Nullable Object data) {
        String cid = addressing.connection("presenceData(data)").cid();
        Payload.Json written = data == null ? null : json.write(data);
        int most = service.presences().maxDataBytes();
        int bytes = written == null ? 0 : written.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw new CloudObjectException(Code.BAD_REQUEST, "data: has " + bytes + " bytes, the limit is " + most);
        }
        service.presences().data(cid, written == null ? null : json.tree(written));
    }

    @Override
    public Here here(Place place, @Nullable String after, int limit) {
        return service.presences().here(addressing.place(place), after, checked(limit));
    }

    /** The limit of a page. @throws IllegalArgumentException when it is out of range */
    private static int checked(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE + " but is " + limit);
        }
        return limit;
    }

    @Override
    public WebSocketManage on(String path) {
        return new WebSocketManageView(service, signedURLs, json, limits, requestTimeout, addressing.at(path));
    }

    private Message message(@Nullable Object data, SendOption... options) {
        Payload payload = json.payload(data);
        if (payload instanceof Payload.Json text && json.hasTopLevel(text, "vkWebSocket")) {
            throw new CloudObjectException(
                    Code.FAIL, "data with a top-level vkWebSocket would pose as the framework: name it otherwise");
        }
        SendOptions how = SendOptions.of(options);
        return new Message(payload, how.encryptedOnly(), how.policy(), addressing.sender());
    }
}
