package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.List;

/** Connections while the time of day is set. */
public final class SessionClockFaults {

    private SessionClockFaults() {}

    /** All of them. */
    public static List<ClockFault> all() {
        return List.of(
                new ClockFault(SessionFactory.class, "connections say when they were opened", SessionClockFaults::opened),
                new ClockFault(LoginLease.class, "a connection keeps its login for the login's time", SessionClockFaults::login),
                new ClockFault(PresencePublisher.class, "changes of presence keep their order", SessionClockFaults::presence),
                new ClockFault(TimeoutCheck.class, "silence is noticed in time", SessionClockFaults::silence));
    }

    private static void opened(ManualClock clock, Runnable set) {
        Bench bench = new Bench(clock);
        set.run();
        assertEquals(clock.instant().toEpochMilli(), bench.client().accepted().online().addTime());
        set.run();
        assertEquals(clock.instant().toEpochMilli(), bench.client().accepted().online().addTime());
    }

    private static void login(ManualClock clock, Runnable set) {
        Bench bench = new Bench(clock);
        FakeWire wire = new FakeWire();
        Duration life = Duration.ofSeconds(20);
        Session session =
                bench.client().user("ann", clock.instant().plus(life)).needsLogin().accepted(wire);
        bench.run();
        set.run();
        bench.timeouts.run();
        assertEquals(Deliveries.Delivery.QUEUED, bench.deliveries.deliver(session, Bench.text("m")));
        set.run();
        clock.advance(life.minusNanos(1));
        bench.timeouts.run();
        bench.run();
        assertEquals(List.of(), wire.closes());
        clock.advance(Duration.ofNanos(1));
        assertEquals(Deliveries.Delivery.UNREACHABLE, bench.deliveries.deliver(session, Bench.text("m")));
        bench.timeouts.run();
        bench.run();
        assertEquals(1, wire.closes().size());
    }

    private static void presence(ManualClock clock, Runnable set) {
        Bench bench = new Bench(clock);
        bench.presence.observe(Place.channel("default").at(Bench.PATH));
        set.run();
        Session session = bench.client().user("ann").accepted();
        bench.publisher.tick();
        bench.run();
        set.run();
        bench.sessions.end(session, SessionEnd.byPeer(1000, ""));
        bench.publisher.tick();
        bench.run();
        assertEquals(
                List.of("JOINED 1", "LEFT 2"),
                bench.fired.stream().map(change -> change.kind() + " " + change.version()).toList());
    }

    private static void silence(ManualClock clock, Runnable set) {
        Bench bench = new Bench(clock);
        FakeWire wire = new FakeWire();
        bench.client().accepted(wire);
        bench.run();
        set.run();
        bench.timeouts.run();
        bench.run();
        assertEquals(1, wire.log().size(), "only the connect frame");
        clock.advance(Bench.LINK.pingInterval());
        set.run();
        bench.timeouts.run();
        bench.run();
        assertEquals("ping", wire.log().get(1));
    }
}
