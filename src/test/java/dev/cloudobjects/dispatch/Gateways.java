package dev.cloudobjects.dispatch;

import dev.cloudobjects.call.Call;
import dev.cloudobjects.login.LoginCheck;
import dev.cloudobjects.login.Renewal;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.session.Bench;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The gateway and the events behind it, over the sessions of a bench, with one object whose handlers are a test's. */
public final class Gateways {

    private Gateways() {}

    /** What the filters and the object do. */
    public interface Handlers {

        /** What the filters say of a client that comes back. */
        Answer check(Call call);

        /** An event of the object. @param stuck gives the call up, as when it does not return */
        Answer run(Call call, Runnable stuck);
    }

    /** A gateway, which hears of the end of the bench's sessions. */
    public static Gateway over(Bench bench, IdentityProvider users, Handlers handlers) {
        LoginCheck logins = new LoginCheck(users, bench.logins, bench.changes);
        Events events = new Events();
        events.objects = ObjectDirectory.of(List.of(model()));
        events.sessions = bench.sessions;
        events.attachments = bench.attachments;
        events.deliveries = bench.deliveries;
        events.groups = bench.groups;
        events.logins = logins;
        events.json = Bench.JSON;
        events.meters = bench.meters;
        events.invoker = new Invoker() {
            @Override
            public Answer check(Call call, Overrun overrun) {
                return handlers.check(call);
            }

            @Override
            public Answer invoke(Call call, Overrun overrun) {
                RunningCall running = new RunningCall(call, Thread.currentThread(), 0, overrun);
                overrun.begun(running);
                return running.ended(handlers.run(call, overrun::stuck));
            }
        };
        Gateway gateway = new Gateway();
        gateway.attachments = bench.attachments;
        gateway.deliveries = bench.deliveries;
        gateway.events = events;
        gateway.requests = new ClientRequests(events, events.invoker, bench.requests, logins, Bench.JSON);
        gateway.renewal = new Renewal(bench.deliveries, bench.changes, users, logins);
        gateway.groups = new GroupFrames(events, bench.groups, bench.presence);
        gateway.refused = new RefusedFrames(bench.sessions, bench.deliveries, bench.meters);
        gateway.meters = bench.meters;
        bench.listener = gateway;
        return gateway;
    }

    private static ObjectModel model() {
        Map<Event, ObjectMethod> events = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            AccessRule rule = AccessRule.decide(new ObjectPath(Bench.PATH), event.methodName(), null, null);
            events.put(event, new ObjectMethod(event.methodName(), null, null, rule));
        }
        AccessRule open = AccessRule.decide(new ObjectPath(Bench.PATH), "add", null, null);
        Map<String, ObjectMethod> methods = Map.of("add", new ObjectMethod("add", null, null, open));
        return new ObjectModel(Bench.PATH, Object.class, methods, events, null, null);
    }
}
