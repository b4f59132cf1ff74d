package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.login.LoginCheck;
import dev.cloudobjects.login.Renewal;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The gateway and the events behind it, with one object whose handlers do as a test says. */
final class Stage {

    final Bench bench;
    final FakeUsers users = new FakeUsers();
    final FakeWire wire = new FakeWire();
    /** What the object heard, as {@code Message 1 by ann}. */
    final List<String> handled = new ArrayList<>();

    final Gateway gateway = new Gateway();
    /** What the filters say of a client that comes back. */
    Function<Call, Answer> filters = any -> new Answer.Returned(null);

    /** What the call in progress would have run, were it stuck. */
    Runnable whenStuck = () -> {};

    private final Map<String, Function<Call, Answer>> handlers = new HashMap<>();

    Stage() {
        this(new Bench());
    }

    Stage(Bench own) {
        bench = own;
        Events events = new Events();
        events.objects = ObjectDirectory.of(List.of(model()));
        events.sessions = bench.sessions;
        events.attachments = bench.attachments;
        events.deliveries = bench.deliveries;
        LoginCheck logins = new LoginCheck(users, bench.logins, bench.changes);
        events.logins = logins;
        events.json = Bench.JSON;
        events.meters = bench.meters;
        events.invoker = new Invoker() {
            @Override
            public Answer check(Call call, Overrun overrun) {
                handled.add("filters" + (call.caller().uid() == null ? "" : " of " + call.caller().uid()));
                return filters.apply(call);
            }

            @Override
            public Answer invoke(Call call, Overrun overrun) {
                Object what = call.argument(Bench.JSON);
                String data = what == null ? ((Payload.Json) call.params()).text() : what.toString();
                handled.add(call.method().name().substring("onWebsocket".length()) + " " + data
                        + (call.caller().uid() == null ? "" : " by " + call.caller().uid()));
                whenStuck = overrun::stuck;
                return handlers.getOrDefault(call.method().name(), any -> new Answer.Returned(null))
                        .apply(call);
            }
        };
        gateway.attachments = bench.attachments;
        gateway.deliveries = bench.deliveries;
        gateway.events = events;
        gateway.renewal = new Renewal(bench.deliveries, bench.changes, users, logins);
        gateway.refused = new RefusedFrames(bench.sessions, bench.deliveries, bench.meters);
        gateway.meters = bench.meters;
        bench.listener = gateway;
    }

    private static ObjectModel model() {
        Map<Event, ObjectMethod> events = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            AccessRule rule = AccessRule.decide(new ObjectPath(Bench.PATH), event.methodName(), null, null);
            events.put(event, new ObjectMethod(event.methodName(), null, null, rule));
        }
        return new ObjectModel(Bench.PATH, Object.class, Map.of(), events, null, null);
    }

    void on(Event event, Function<Call, Answer> handler) {
        handlers.put(event.methodName(), handler);
    }

    static Answer failed(Throwable cause) {
        return Answer.Failed.of(Code.INTERNAL, cause);
    }

    /** A session that its object accepted. */
    Session connected(Bench.Client client) {
        Session session = client.open(wire);
        Link link = Bench.link(session);
        if (link.connectSaid() || !link.codec().awaitsConnect()) {
            gateway.connect(session, Payload.NULL);
        }
        bench.run();
        handled.clear();
        return session;
    }

    void message(Session session, @Nullable Long id, Object data) {
        gateway.received(session, Bench.link(session), new ClientFrame.Message(id, Bench.JSON.payload(data)));
    }

    String lastSent() {
        return wire.sent().get(wire.sent().size() - 1);
    }
}
