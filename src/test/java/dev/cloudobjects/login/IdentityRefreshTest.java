package dev.cloudobjects.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.ManualExecutor;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Everybody who is connected is looked at every two seconds, on threads and time that a test moves by hand. */
class IdentityRefreshTest {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Bench bench = new Bench();
    private final FakeUsers users = new FakeUsers();
    private final ManualExecutor waiting = new ManualExecutor();
    private final IdentityWatch watch = new IdentityWatch(
            bench.registry,
            users,
            bench.logins,
            new AccessCheck(users),
            ObjectDirectory.of(List.of(object(Bench.PATH, Access.KH), object("sys/door", Access.SYS))));
    private final IdentityRefresh refresh = refresh(waiting);

    private IdentityRefresh refresh(java.util.concurrent.Executor executor) {
        return new IdentityRefresh(watch, bench.registry, bench.clock, INTERVAL, executor);
    }

    private static ObjectModel object(String path, Access access) {
        Map<Event, ObjectMethod> events = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            events.put(event, new ObjectMethod(event.methodName(), null, null, new AccessRule(access, 0, "a test")));
        }
        return new ObjectModel(path, Object.class, Map.of(), events, null, null);
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        refresh.tick();
        waiting.runAll();
        bench.run();
    }

    @Test
    void shouldEndSilentConnectionsOfThoseWhoseLoginIsNoLongerGood() {
        Session ann = bench.client().needsLogin().user("ann").accepted();
        Session bob = bench.client().needsLogin().user("bob").accepted();
        users.rejected.put("ann", Code.ACCOUNT_DISABLED);
        pass(INTERVAL.minusMillis(1));
        assertEquals(SessionState.OPEN, ann.state());
        pass(Duration.ofMillis(1));
        assertEquals(SessionState.CLOSING, ann.state());
        assertEquals(SessionState.OPEN, bob.state());
    }

    @Test
    void shouldDeliverNothingFromThenOn() {
        Session ann = bench.client().needsLogin().user("ann").accepted();
        users.rejected.put("ann", Code.TOKEN_REVOKED);
        pass(INTERVAL);
        assertEquals(Deliveries.Delivery.UNREACHABLE, bench.deliveries.deliver(ann, Bench.text("hello")));
    }

    @Test
    void shouldEndConnectionsThatADroppedRoleHadOpened() {
        users.grant("ann", Set.of("admin"));
        Session ann = bench.client().path("sys/door").needsLogin().user("ann").accepted();
        pass(INTERVAL);
        assertEquals(SessionState.OPEN, ann.state());
        users.grant("ann", Set.of());
        pass(INTERVAL);
        assertEquals(SessionState.CLOSING, ann.state());
    }

    @Test
    void shouldAskForAllUsersInBatches() {
        for (int i = 0; i < 1200; i++) {
            bench.client().needsLogin().user("u" + i).accepted();
            bench.client().needsLogin().user("u" + i).channel("second").accepted();
        }
        bench.client().accepted();
        pass(INTERVAL);
        assertEquals(List.of(500, 500, 200), users.refreshed.stream().map(List::size).toList());
        assertEquals(1200, users.refreshed.stream().flatMap(List::stream).distinct().count());
    }

    @Test
    void shouldAskNothingWhileNobodyIsThere() {
        bench.client().accepted();
        pass(INTERVAL);
        assertEquals(List.of(), users.refreshed);
    }

    @Test
    void shouldNotBeginAnewWhileALookIsUnderWay() {
        bench.client().needsLogin().user("ann").accepted();
        bench.clock.advance(INTERVAL);
        refresh.tick();
        bench.clock.advance(INTERVAL);
        refresh.tick();
        assertEquals(1, waiting.waiting());
        waiting.runAll();
        refresh.tick();
        assertEquals(1, waiting.waiting());
    }

    @Test
    void shouldGoOnOnceTheUsersCanBeAskedAgain() {
        Session ann = bench.client().needsLogin().user("ann").accepted();
        users.rejected.put("ann", Code.ACCOUNT_DISABLED);
        users.away = new CloudObjectException(Code.UNAVAILABLE);
        pass(INTERVAL);
        pass(INTERVAL);
        assertEquals(SessionState.OPEN, ann.state());
        users.away = null;
        pass(INTERVAL);
        assertEquals(SessionState.CLOSING, ann.state());
    }

    @Test
    void shouldGoOnAfterThereWasNoThread() {
        List<Runnable> accepted = new ArrayList<>();
        Throwable[] full = {new RejectedExecutionException("no thread")};
        IdentityRefresh other = refresh(task -> {
            if (full[0] instanceof Error error) {
                throw error;
            }
            if (full[0] instanceof RuntimeException exception) {
                throw exception;
            }
            accepted.add(task);
        });
        bench.clock.advance(INTERVAL);
        other.tick();
        full[0] = new OutOfMemoryError("unable to create native thread");
        bench.clock.advance(INTERVAL);
        other.tick();
        full[0] = null;
        bench.clock.advance(INTERVAL);
        other.tick();
        assertEquals(1, accepted.size());
    }

    @Test
    void shouldLookAtAllOthersWhenOneCannotBeRead() {
        Session ann = bench.client().needsLogin().user("ann").accepted();
        Session bob = bench.client().needsLogin().user("bob").accepted();
        Session eve = bench.client().needsLogin().user("eve").accepted();
        users.broken.put("bob", new StackOverflowError());
        users.rejected.put("ann", Code.ACCOUNT_DISABLED);
        users.rejected.put("bob", Code.ACCOUNT_DISABLED);
        users.rejected.put("eve", Code.ACCOUNT_DISABLED);
        pass(INTERVAL);
        assertEquals(SessionState.CLOSING, ann.state());
        assertEquals(SessionState.OPEN, bob.state());
        assertEquals(SessionState.CLOSING, eve.state());
        users.broken.clear();
        pass(INTERVAL);
        assertEquals(SessionState.CLOSING, bob.state());
    }

    @Test
    void shouldLookAgainAfterALookThatFailed() {
        Session ann = bench.client().needsLogin().user("ann").accepted();
        users.rejected.put("ann", Code.ACCOUNT_DISABLED);
        users.away = new IllegalStateException("a test");
        pass(INTERVAL);
        users.away = null;
        pass(INTERVAL);
        assertEquals(SessionState.CLOSING, ann.state());
    }
}
