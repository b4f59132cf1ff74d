package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The gateway and the events behind it, with one object whose handlers do as a test says. */
final class Stage {

    final Bench bench;
    final FakeUsers users = new FakeUsers();
    final FakeWire wire = new FakeWire();
    /** What the object heard, as {@code Message 1 by ann}. */
    final List<String> handled = new ArrayList<>();

    final Gateway gateway;
    /** What the filters say of a client that comes back. */
    Function<Call, Answer> filters = any -> new Answer.Returned(null);

    /** What the call in progress would have run, were it stuck. */
    Runnable whenStuck = () -> {};

    private final Map<String, Function<Call, Answer>> handlers = new HashMap<>();
    private final Map<Session, Link> links = new HashMap<>();

    Stage() {
        this(new Bench());
    }

    Stage(Bench own) {
        bench = own;
        gateway = Gateways.over(bench, users, new Gateways.Handlers() {
            @Override
            public Answer check(Call call) {
                handled.add("filters" + (call.caller().uid() == null ? "" : " of " + call.caller().uid()));
                return filters.apply(call);
            }

            @Override
            public Answer run(Call call, Runnable stuck) {
                Object what = call.argument(Bench.JSON);
                String data = what == null ? ((Payload.Json) call.params()).text() : what.toString();
                handled.add(call.method().name().replace("onWebsocket", "") + " " + data
                        + (call.caller().uid() == null ? "" : " by " + call.caller().uid()));
                whenStuck = stuck;
                return handlers.getOrDefault(call.method().name(), any -> new Answer.Returned(null))
                        .apply(call);
            }
        });
    }

    void on(Event event, Function<Call, Answer> handler) {
        on(event.methodName(), handler);
    }

    void on(String method, Function<Call, Answer> handler) {
        handlers.put(method, handler);
    }

    static Answer failed(Throwable cause) {
        return Answer.Failed.of(Code.INTERNAL, cause);
    }

    /** A session that its object accepted. */
    Session connected(Bench.Client client) {
        Session session = client.open(wire);
        Link link = Bench.link(session);
        links.put(session, link);
        if (link.connectSaid() || !link.codec().awaitsConnect()) {
            gateway.connect(session, Payload.NULL);
        }
        bench.run();
        handled.clear();
        return session;
    }

    void message(Session session, @Nullable Long id, Object data) {
        Link now = session.link();
        // What comes late comes on the link that the session had.
        Link link = now == null ? Objects.requireNonNull(links.get(session)) : now;
        gateway.received(session, link, new ClientFrame.Message(id, Bench.JSON.payload(data)));
    }

    String lastSent() {
        return wire.sent().get(wire.sent().size() - 1);
    }
}
