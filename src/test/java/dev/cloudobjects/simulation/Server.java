package dev.cloudobjects.simulation;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.dispatch.Answer;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.dispatch.Gateways;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Inside;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionState;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.SocketListener;
import dev.cloudobjects.socket.SocketListeners;
import dev.cloudobjects.time.ManualClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One start of the server: the classes of the application, with one object whose handlers do what a message says. */
final class Server implements Gateways.Handlers {

    private static final Pattern DATA = Pattern.compile("\"n\":(\\d+),\"what\":\"(\\w+)\"");
    private static final JsonObject REFUSAL =
            Json.createObjectBuilder().add("code", 5).add("msg", "no").build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Answer NOTHING = new Answer.Returned(null);

    final int number;
    final Tasks handlers = new Tasks();
    final Tasks sockets = new Tasks();
    final Inside inside;
    final Bench bench;

    private final Model model;
    private final Limits limits;
    private final Map<String, Integer> clients = new HashMap<>();
    private final SocketListeners listeners;
    private final Runnable meanwhile;
    private boolean refuses;

    /**
     * A start.
     *
     * @param meanwhile what happens while a handler runs
     */
    Server(int number, Model model, Limits limits, ManualClock clock, SecureRandom random, IdentityProvider users, Runnable meanwhile) {
        this.number = number;
        this.model = model;
        this.limits = limits;
        this.meanwhile = meanwhile;
        bench = new Bench(clock, limits.settings(), number, random, sockets, handlers);
        inside = new Inside(bench);
        Gateway gateway = Gateways.over(bench, users, this);
        bench.listener = (session, end) -> {
            model.ended(session.cid(), end.code());
            gateway.ended(session, end);
        };
        listeners = new SocketListeners(bench.links, bench.attachments, gateway, limits.settings(), clock);
    }

    /** A socket of a client. */
    SocketListener open(int client, Authentication who, Wire wire) {
        Caller caller = new Caller(
                who, null, new Caller.Client(null, "device-" + client, null, null, null, null, "192.0.2.1"));
        SocketListener listener = listeners.open(
                new AcceptedHandshake(
                        new Session.Route(Bench.PATH, "default", limits.needsLogin(), "http://here"),
                        caller,
                        Dialect.V1.codec(Bench.JSON),
                        Payload.NULL,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                wire);
        listener.begin();
        return listener;
    }

    /** The next client that connects or comes back is refused. */
    void refuse() {
        refuses = true;
    }

    private boolean isRefused() {
        boolean now = refuses;
        refuses = false;
        return now;
    }

    // The object

    @Override
    public Answer check(Call call) {
        meanwhile.run();
        return isRefused() ? new Answer.Returned(REFUSAL) : NOTHING;
    }

    @Override
    public Answer run(Call call, Runnable stuck) {
        String cid = Objects.requireNonNull(call.connection()).cid();
        return switch (Event.ofMethod(call.method().name()).orElseThrow()) {
            case CONNECTION -> {
                String device = Objects.requireNonNull(call.caller().client().deviceId());
                int client = Integer.parseInt(device.substring(device.indexOf('-') + 1));
                model.began(cid, client, number);
                send(cid);
                meanwhile.run();
                yield isRefused() ? new Answer.Returned(REFUSAL) : NOTHING;
            }
            case MESSAGE -> message(cid, ((Payload.Json) call.params()).text(), stuck);
            case DISCONNECTION -> {
                model.disconnected(cid);
                shout("a");
                yield NOTHING;
            }
            case ERROR -> NOTHING;
        };
    }

    private Answer message(String cid, String data, Runnable stuck) {
        Matcher matcher = DATA.matcher(data);
        if (!matcher.find()) {
            throw new Contradiction("the server got " + data);
        }
        String what = matcher.group(2);
        boolean success = !what.equals("fail") && !what.equals("refuse");
        model.handled(cid, Integer.parseInt(matcher.group(1)), success);
        meanwhile.run();
        switch (what) {
            case "reply" -> send(cid);
            case "shout" -> shout("a");
            case "join" -> join(cid, "a");
            case "leave" -> leave(cid, "a");
            case "close" -> close(cid);
            case "bye" -> forceLogout(cid);
            case "hang" -> stuck.run();
            default -> {
                // It only returns.
            }
        }
        Answer value = new Answer.Returned(Integer.parseInt(matcher.group(1)));
        return switch (what) {
            case "fail" -> new Answer.Failed(Code.INTERNAL.value(), "failed", new IllegalStateException("failed"));
            case "refuse" -> new Answer.Returned(REFUSAL);
            default -> value;
        };
    }

    // What server code does

    void send(String cid) {
        int message = model.number();
        boolean sure = reach().send(Scope.ofCids(List.of(cid)), message(message)).queued() == 1;
        model.sent(cid, message, sure);
    }

    void push(String cid, SendOption.Policy policy) {
        int number = model.number();
        Message message = new Message(message(number).data(), false, policy, Sender.SERVER);
        // Ahead of the send: a client may have it before the send returns.
        model.pushed(cid, number, policy);
        if (reach().send(Scope.ofCids(List.of(cid)), message).queued() == 0) {
            model.notPushed(cid, number);
        }
    }

    /** Asks a client. @param givesUp whether nobody waits for the answer any more, at once */
    void ask(String cid, String what, boolean givesUp) {
        int number = model.number();
        JsonObject data = Json.createObjectBuilder().add("n", number).add("what", what).build();
        PreparedRequest request;
        try {
            request = reach().request(Scope.ofCids(List.of(cid)), Bench.JSON.payload(data), PATIENCE);
        } catch (CloudObjectException e) {
            // There is no such session, or it is about to end, or has too many.
            return;
        }
        model.asked(cid, number, this.number, what);
        request.answer().whenComplete((answer, failure) -> model.answered(
                number, answer == null ? null : Integer.parseInt(((Payload.Json) answer).text()), code(failure)));
        request.send();
        // What it gets nothing of any more, because its login is over, the server does not know.
        model.sent(cid, number, !limits.needsLogin());
        if (givesUp) {
            request.answer().cancel(true);
        }
    }

    private static int code(@Nullable Throwable failure) {
        return failure instanceof CloudObjectException said ? said.code() : 0;
    }

    void shout(String group) {
        int message = model.number();
        Scope scope = group(group);
        List<String> cids = new ArrayList<>();
        reach().logins(scope).forEach(login -> cids.add(login.cid()));
        boolean sure = reach().send(scope, message(message)).queued() == cids.size();
        cids.forEach(cid -> model.sent(cid, message, sure));
    }

    void join(String cid, String group) {
        reach().join(Scope.ofCids(List.of(cid)), List.of(group));
    }

    void leave(String cid, String group) {
        reach().leave(Scope.ofCids(List.of(cid)), List.of(group));
    }

    void close(String cid) {
        if (reach().close(Scope.ofCids(List.of(cid))) == 1) {
            closed(cid);
        }
    }

    void forceLogout(String cid) {
        if (reach().forceLogout(Scope.ofCids(List.of(cid)), null) == 1) {
            closed(cid);
        }
    }

    private void closed(String cid) {
        model.closed(cid, bench.clock.nanos());
    }

    /** A token was revoked: whoever has it is told. */
    void revoked(String token) {
        for (Session session : inside.tracked()) {
            Login login = session.caller().login();
            if (login != null && login.tokenId().equals(token)) {
                SessionState before = session.state();
                bench.logins.rejected(session, login, new Authentication.Rejected(Code.TOKEN_REVOKED));
                if (limits.needsLogin() && before.isOpen()) {
                    closed(session.cid());
                }
            }
        }
    }

    private Reach reach() {
        return bench.reach;
    }

    private static Scope group(String name) {
        return new Scope(Target.group(name), List.of(Bench.PATH));
    }

    private static Message message(int number) {
        JsonObject data = Json.createObjectBuilder().add("n", number).build();
        return new Message(Bench.JSON.payload(data), false, Sender.SERVER);
    }
}
