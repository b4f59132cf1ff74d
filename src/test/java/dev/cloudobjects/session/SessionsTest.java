package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.session.Deliveries.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final ServerFrame.Event REFUSED =
            new ServerFrame.Event(EventType.ERROR, null, new ErrorBody(403, "no", null), true, null);

    /** A table that writes down what it is told. */
    private static final class Table implements ConnectionDirectory {
        private final List<String> said = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void added(ConnectionRow row) {
            said.add("+" + row.cid() + (row.userId() == null ? "" : " of " + row.userId()));
        }

        @Override
        public void removed(String cid) {
            said.add("-" + cid);
        }

        @Override
        public void removeLeftovers(String nodeId, long currentEpoch) {}

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public List<ConnectionRow> list(int limit) {
            return List.of();
        }
    }

    private final Table table = new Table();
    private final Bench bench = new Bench(table, Bench.LIMITS, 1_000_000);
    private final Sessions sessions = bench.sessions;
    private final FakeWire wire = new FakeWire();

    private static String connected(Session session) {
        return "{\"vkWebSocket\":{\"type\":\"connect\",\"data\":{\"cid\":\"" + session.cid() + "\"}}}";
    }

    private Delivery send(Session to, String text) {
        return bench.deliveries.deliver(to, Bench.text(text));
    }

    @Nested
    class Accepting {

        @Test
        void shouldSendTheConnectFrameAheadOfWhatTheEventSentToItself() {
            Session session = bench.client().open(wire);
            assertEquals(Delivery.QUEUED, send(session, "early"));
            bench.run();
            assertEquals(List.of(), wire.log());
            assertTrue(sessions.accept(session));
            send(session, "later");
            bench.run();
            assertEquals(List.of(connected(session), "\"early\"", "\"later\""), wire.log());
        }

        @Test
        void shouldTellAnSdkItsCidAndThePingInterval() {
            Session session = bench.client().speaks(Dialect.V1).accepted(wire);
            bench.run();
            assertEquals(
                    List.of("{\"type\":\"connected\",\"cid\":\"" + session.cid() + "\",\"pingInterval\":25000}"),
                    wire.log());
        }

        @Test
        void shouldWriteTheRowNotBeforeAcceptance() {
            Session session = bench.client().user("ann").open(wire);
            assertEquals(List.of(), table.said);
            sessions.accept(session);
            assertEquals(List.of("+" + session.cid() + " of ann"), table.said);
        }

        @Test
        void shouldNotAcceptTwice() {
            Session session = bench.client().accepted(wire);
            assertFalse(sessions.accept(session));
            bench.run();
            assertEquals(1, wire.log().size());
            assertEquals(1, table.said.size());
        }

        @Test
        void shouldNotAcceptOneThatHasEnded() {
            Session session = bench.client().open(wire);
            sessions.end(session, SessionEnd.byPeer(1001, ""));
            assertFalse(sessions.accept(session));
            bench.run();
            assertEquals(List.of(), wire.log());
            assertEquals(List.of(), table.said);
            assertEquals(List.of(), bench.ended);
        }

        @Test
        void shouldGiveEachConnectionALongRandomCid() {
            List<String> cids = IntStream.range(0, 100).mapToObj(i -> bench.client().open().cid()).distinct().toList();
            assertEquals(100, cids.size());
            assertTrue(cids.stream().allMatch(cid -> cid.matches("[A-Za-z0-9_-]{32}")), "8 for the node, 144 bits");
        }
    }

    @Nested
    class Refusing {

        @Test
        void shouldTellAndCloseAndLeaveNothing() {
            Session session = bench.client().user("ann").open(wire);
            send(session, "early");
            sessions.finish(session, REFUSED, CloseCode.REFUSED, "no", false);
            assertEquals(Delivery.UNREACHABLE, send(session, "late"));
            bench.run();
            assertEquals(
                    List.of(
                            "{\"vkWebSocket\":{\"type\":\"error\",\"err\":{\"code\":403,\"msg\":\"no\"},\"close\":true}}",
                            "close 4001 no"),
                    wire.log());
            sessions.end(session, SessionEnd.byPeer(4001, ""));
            assertEquals(List.of(), bench.ended);
            assertEquals(List.of(), table.said);
            assertEquals(0, bench.budget.used());
            assertEquals(0, bench.registry.tracked().size());
        }
    }

    @Nested
    class Finishing {

        @Test
        void shouldSendWhatIsQueuedThenClose() {
            Session session = bench.client().accepted(wire);
            send(session, "a");
            assertTrue(sessions.finish(session, null, CloseCode.CLOSED_BY_OBJECT, "bye", true));
            assertEquals(Delivery.UNREACHABLE, send(session, "b"));
            bench.run();
            assertEquals(List.of(connected(session), "\"a\"", "close 4000 bye"), wire.log());
        }

        @Test
        void shouldKeepTheConnectFrameFirstWhenFinishedRightAfterAcceptance() {
            Session session = bench.client().accepted(wire);
            sessions.finish(session, REFUSED, CloseCode.FORCE_LOGOUT, "out", true);
            bench.run();
            assertEquals(connected(session), wire.log().get(0));
            assertEquals(3, wire.log().size());
        }

        @Test
        void shouldFinishOnce() {
            Session session = bench.client().accepted(wire);
            sessions.finish(session, null, CloseCode.CLOSED_BY_OBJECT, "bye", true);
            assertFalse(sessions.finish(session, null, CloseCode.FORCE_LOGOUT, "out", true));
            bench.run();
            assertEquals(List.of("close 4000 bye"), wire.closes());
        }

        @Test
        void shouldVanishAtOnceAndEndOnce() {
            Session session = bench.client().accepted(wire);
            sessions.finish(session, null, CloseCode.CLOSED_BY_OBJECT, "bye", true);
            assertEquals(List.of("+" + session.cid(), "-" + session.cid()), table.said);
            assertEquals(List.of(), bench.ended);
            bench.run();
            sessions.end(session, SessionEnd.byPeer(1005, ""));
            assertEquals(List.of(session.cid() + " 4000"), bench.ended);
            assertEquals(2, table.said.size(), "the row was removed already");
            assertEquals(1, wire.closes().size(), "the peer has closed already");
        }

        @Test
        void shouldEndWhenTheLastWriteFails() {
            Session session = bench.client().accepted(wire.hold());
            bench.run();
            sessions.finish(session, REFUSED, CloseCode.FORCE_LOGOUT, "out", true);
            wire.answer(new IOException("gone"));
            bench.run();
            assertEquals(List.of(session.cid() + " 4002"), bench.ended);
            assertEquals(0, bench.budget.used());
        }
    }

    @Nested
    class Ending {

        @Test
        void shouldLeaveASessionWithoutALinkThatTakesNothing() {
            Session session = bench.client().accepted(wire);
            bench.run();
            sessions.end(session, SessionEnd.byPeer(1001, ""));
            assertNull(session.link());
            assertFalse(session.encrypted());
            assertEquals(Delivery.UNREACHABLE, send(session, "late"));
            bench.deliveries.tell(session, REFUSED);
            assertFalse(sessions.finish(session, REFUSED, CloseCode.REFUSED, "no", true));
            bench.timeouts.run();
            bench.run();
            assertEquals(List.of(connected(session)), wire.log());
            assertEquals(1, bench.ended.size());
        }

        @Test
        void shouldTellTheListenerOfTheFirstEndOnly() {
            Session session = bench.client().accepted(wire);
            assertTrue(sessions.end(session, SessionEnd.byPeer(1000, "bye")));
            assertFalse(sessions.end(session, SessionEnd.fault(new IOException("late"))));
            assertEquals(0, bench.all.end());
            bench.run();
            assertEquals(List.of(session.cid() + " 1000"), bench.ended);
            assertEquals(List.of(), wire.closes());
            assertEquals(1, bench.meters.value(Meter.CONNECTIONS_ENDED));
        }

        @Test
        void shouldCloseTheSocketUnlessThePeerDid() {
            Session session = bench.client().accepted(wire);
            sessions.end(session, SessionEnd.byServer(CloseCode.HEARTBEAT_MISSED));
            bench.run();
            assertEquals(List.of("close 4500 no sign of life from the client"), wire.closes());
            assertEquals(List.of(), wire.sent(), "nothing is written after the end");
        }

        @Test
        void shouldHearWhatCameBeforeThePeerClosed() {
            Session session = bench.client().accepted(wire);
            List<String> heard = new ArrayList<>();
            bench.listener = (ended, end) -> ended.handleStep(() -> heard.add("end"));
            Link link = Bench.link(session);
            session.handle(link, null, () -> heard.add("a"), 1);
            sessions.end(session, SessionEnd.byPeer(1000, ""));
            session.handle(link, null, () -> heard.add("late"), 1);
            bench.run();
            assertEquals(List.of("a", "end"), heard);
        }

        @Test
        void shouldNotHearWhatWaitsWhenTheServerEnds() {
            Session session = bench.client().accepted(wire);
            List<String> heard = new ArrayList<>();
            bench.listener = (ended, end) -> ended.handleStep(() -> heard.add("end"));
            Link link = Bench.link(session);
            session.handle(link, null, () -> heard.add("a"), 1);
            sessions.end(session, SessionEnd.byServer(CloseCode.HEARTBEAT_MISSED));
            bench.run();
            assertEquals(List.of("end"), heard);
        }

        @Test
        void shouldEndByAWriteThatFails() {
            wire.failWith(new IllegalStateException("closed"));
            Session session = bench.client().accepted(wire);
            bench.run();
            assertEquals(List.of(session.cid() + " 1006"), bench.ended);
            assertEquals(0, bench.registry.keys());
        }

        @Test
        void shouldEndAllEvenIfAListenerFails() {
            bench.client().accepted();
            bench.client().accepted();
            bench.client().open();
            AtomicInteger told = new AtomicInteger();
            bench.listener = (ended, end) -> {
                told.incrementAndGet();
                throw new IllegalStateException("no thread");
            };
            bench.all.end();
            assertEquals(2, told.get());
            assertEquals(0, bench.registry.tracked().size());
            assertEquals(0, bench.registry.keys());
        }
    }

    @Nested
    class Stopping {

        @Test
        void shouldEndOneThatOpensBehindTheEndOfAll() {
            sessions.stopAccepting();
            bench.all.end();
            Session late = bench.client().user("ann").open(wire);
            late.handleStep(() -> sessions.accept(late));
            bench.run();
            assertEquals(List.of("close 1001 the server is going away"), wire.log());
            assertEquals(SessionState.CLOSED, late.state());
            assertEquals(List.of(), table.said);
            assertEquals(List.of(), bench.ended);
            assertEquals(0, bench.registry.counted());
            assertEquals(0, sessions.count());
            assertEquals(0, bench.budget.used());
        }

        @RepeatedTest(100)
        void shouldLeaveNoneWhicheverComesFirst() throws Exception {
            Stress.race(new Random(), List.of(
                    () -> {
                        sessions.stopAccepting();
                        bench.all.end();
                    },
                    () -> bench.client().open(),
                    () -> bench.client().open()));
            assertEquals(0, sessions.count());
        }
    }

    @Nested
    class SlowReaders {

        @Test
        void shouldCloseOneWhoseQueueIsFull() {
            Session slow = bench.client().accepted(wire.hold());
            bench.run();
            IntStream.range(0, 4).forEach(i -> assertEquals(Delivery.QUEUED, send(slow, "m")));
            assertEquals(Delivery.DROPPED, send(slow, "one too many"));
            assertEquals(Delivery.UNREACHABLE, send(slow, "later"));
            bench.run();
            assertEquals(List.of("close 1013 it is too far behind with reading"), wire.closes());
            assertEquals(List.of(slow.cid() + " 1013"), bench.ended);
            assertEquals(1, bench.meters.value(Meter.SLOW_CLOSED));
            assertEquals(0, bench.budget.used());
        }

        @Test
        void shouldNotHarmOthersWhenTheBudgetIsUsedUp() {
            Bench small = new Bench(table, Bench.LIMITS, 200);
            Session slow = small.client().accepted(new FakeWire().hold());
            FakeWire quick = new FakeWire();
            Session other = small.client().accepted(quick);
            small.run();
            small.deliveries.deliver(slow, Bench.text("x".repeat(90)));
            small.budget.charge(200);
            assertEquals(Delivery.QUEUED, small.deliveries.deliver(other, Bench.text("hello")));
            assertEquals(Delivery.DROPPED, small.deliveries.deliver(slow, Bench.text("y")));
            small.run();
            assertEquals("\"hello\"", quick.log().get(1));
            assertEquals(200, small.budget.used());
        }

        @RepeatedTest(20)
        void shouldCountASlowReaderOnce() throws Exception {
            Session slow = bench.client().accepted(wire.hold());
            bench.run();
            Stress.race(new Random(), Collections.nCopies(6, () -> {
                send(slow, "a");
                send(slow, "b");
            }));
            assertEquals(1, bench.meters.value(Meter.SLOW_CLOSED));
            assertEquals(1, bench.ended.size());
        }
    }

    @Nested
    class Logins {

        @Test
        void shouldTellAndCloseWhereALoginIsNeeded() {
            Session session = bench.client().needsLogin().user("ann").accepted(wire);
            bench.run();
            send(session, "queued");
            bench.expire(session);
            bench.run();
            assertEquals(3, wire.log().size());
            assertEquals(
                    "{\"vkWebSocket\":{\"type\":\"invalidToken\",\"err\":{\"code\":30203,\"msg\":\""
                            + Code.TOKEN_EXPIRED.message() + "\"},\"close\":true}}",
                    wire.log().get(1));
            assertEquals("close 4003 " + Code.TOKEN_EXPIRED.message(), wire.log().get(2));
        }

        @Test
        void shouldDeliverNothingFromTheMomentOfExpiry() {
            Session session =
                    bench.client().needsLogin().user("ann", bench.clock.instant().plusSeconds(60)).accepted(wire);
            bench.clock.advance(Duration.ofSeconds(60).minusNanos(1_000_000));
            assertEquals(Delivery.QUEUED, send(session, "in time"));
            bench.clock.advance(Duration.ofMillis(1));
            assertEquals(Delivery.UNREACHABLE, send(session, "late"));
        }

        @Test
        void shouldGoOnAsNobodyWhereNoLoginIsNeeded() {
            Session session = bench.client().user("ann").accepted(wire);
            bench.run();
            bench.expire(session);
            bench.expire(session);
            bench.run();
            assertEquals(SessionState.OPEN, session.state());
            assertNull(session.uid());
            assertEquals(2, wire.log().size(), "the client is told once");
            assertTrue(wire.log().get(1).contains("invalidToken") && !wire.log().get(1).contains("close"));
            assertEquals(List.of("+" + session.cid() + " of ann", "+" + session.cid()), table.said);
            assertEquals(2, bench.registry.keys());
        }

        @Test
        void shouldForgetTheUserOfOneThatConnectsWithoutARow() {
            Session session = bench.client().user("ann").open(wire);
            bench.expire(session);
            assertEquals(List.of(), table.said);
            sessions.accept(session);
            bench.run();
            assertEquals(List.of("+" + session.cid()), table.said);
            assertEquals(connected(session), wire.log().get(0));
            assertTrue(wire.log().get(1).contains("invalidToken"));
        }
    }

    @Nested
    class States {

        @Test
        void shouldOnlyMoveForward() {
            Session session = bench.client().open();
            session.state(SessionState.CLOSING);
            assertThrows(IllegalStateException.class, () -> session.state(SessionState.OPEN));
            assertThrows(IllegalStateException.class, () -> session.state(SessionState.CLOSING));
            session.state(SessionState.CLOSED);
            assertFalse(session.accepted());
        }
    }

    /** Every way to end at once, in every order of arrival that the machine gives, with acceptance racing them. */
    @RepeatedTest(200)
    void shouldEndExactlyOnceHoweverTheEndersRace() throws Exception {
        long seed = Stress.seed();
        Random random = new Random(seed);
        Session session = bench.client().user("ann").open(wire);
        boolean acceptedBefore = random.nextBoolean();
        if (acceptedBefore) {
            sessions.accept(session);
        }
        List<Stress.Task> enders = new ArrayList<>(List.of(
                () -> sessions.end(session, SessionEnd.byPeer(1000, "")),
                () -> sessions.end(session, SessionEnd.fault(new IOException("gone"))),
                () -> sessions.tooSlow(session, "a deadline"),
                bench.all::end,
                () -> sessions.finish(session, REFUSED, CloseCode.FORCE_LOGOUT, "out", true),
                () -> bench.sending.runAll(),
                () -> sessions.join(session, List.of("g")),
                () -> bench.expire(session)));
        if (!acceptedBefore) {
            enders.add(() -> sessions.accept(session));
        }
        Stress.race(random, enders);
        bench.run();
        String at = "seed " + seed;
        assertEquals(SessionState.CLOSED, session.state(), at);
        assertEquals(session.accepted() ? 1 : 0, bench.ended.size(), at);
        assertEquals(0, bench.registry.keys(), at);
        assertEquals(0, bench.registry.tracked().size(), at);
        assertEquals(0, bench.budget.used(), at);
        if (session.accepted()) {
            assertTrue(table.said.get(0).startsWith("+"), at);
            assertEquals("-" + session.cid(), table.said.get(table.said.size() - 1), at + ": a row outlives");
            assertEquals(1, table.said.stream().filter(said -> said.startsWith("-")).count(), at);
        } else {
            assertEquals(List.of(), table.said, at);
        }
    }

    /** A random walk of one connection against what must hold at every step. */
    @RepeatedTest(100)
    void shouldKeepItsPromisesOnAnyWalk() {
        long seed = Stress.seed();
        Random random = new Random(seed);
        Session session = bench.client().user("ann").open(wire.hold());
        int accepted = 0;
        boolean dropped = false;
        for (int step = 0; step < 60; step++) {
            SessionState before = session.state();
            switch (random.nextInt(11)) {
                case 0 -> accepted += sessions.accept(session) ? 1 : 0;
                case 1, 2 -> {
                    Delivery delivery = send(session, "m" + step);
                    if (before.compareTo(SessionState.CLOSING) >= 0) {
                        assertEquals(Delivery.UNREACHABLE, delivery);
                    }
                }
                case 3 -> bench.sending.runAll();
                case 4 -> bench.disposable.runAll();
                case 5 -> {
                    try {
                        wire.answer(random.nextInt(10) == 0 ? new IOException("gone") : null);
                    } catch (java.util.NoSuchElementException e) {
                        // Nothing is being written.
                    }
                }
                case 6 -> bench.clock.advance(Duration.ofMillis(random.nextInt(3000)));
                case 7 -> bench.timeouts.run();
                case 8 -> sessions.join(session, List.of("g" + random.nextInt(2)));
                case 9 -> {
                    if (random.nextInt(6) == 0) {
                        boolean keep = random.nextBoolean();
                        boolean nothingSent = wire.sent().isEmpty();
                        dropped |= sessions.finish(session, REFUSED, CloseCode.FORCE_LOGOUT, "out", keep)
                                && !keep
                                && nothingSent;
                    }
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        sessions.end(session, SessionEnd.byPeer(1000, ""));
                    }
                }
            }
            String at = "seed " + seed + " step " + step;
            assertTrue(session.state().compareTo(before) >= 0, at);
            assertEquals(accepted == 1, session.accepted(), at);
            assertEquals(session.state() == SessionState.OPEN ? 1 : 0, bench.registry.size(), at);
            assertEquals(session.state() == SessionState.CLOSED ? 0 : 1, bench.registry.tracked().size(), at);
            boolean over = session.state() == SessionState.CLOSED;
            assertEquals(over && accepted == 1 ? 1 : 0, bench.ended.size(), at);
            boolean listed = !table.said.isEmpty() && table.said.get(table.said.size() - 1).startsWith("+");
            assertEquals(session.state() == SessionState.OPEN, listed, at);
        }
        sessions.end(session, SessionEnd.byPeer(1000, ""));
        bench.run();
        assertEquals(0, bench.budget.used(), "seed " + seed);
        if (accepted == 1 && !dropped && !wire.sent().isEmpty()) {
            assertEquals(connected(session), wire.sent().get(0), "seed " + seed);
        }
    }

    /** Ten thousand at once, on real threads. */
    @Test
    void shouldEndTenThousandExactlyOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ConcurrentHashMap<String, Integer> told = new ConcurrentHashMap<>();
        Executor executor = threads;
        Bench big = new Bench(table, Bench.LIMITS, 1_000_000, executor, executor);
        big.listener = (session, end) -> told.merge(session.cid(), 1, Integer::sum);
        List<Session> all = IntStream.range(0, 10_000).mapToObj(i -> big.client().accepted()).toList();
        Stress.race(new Random(), List.of(
                () -> all.forEach(session -> big.sessions.end(session, SessionEnd.byPeer(1006, ""))),
                big.all::end,
                () -> all.forEach(session -> big.sessions.finish(session, null, CloseCode.NORMAL, "", true)),
                () -> all.forEach(session -> big.deliveries.deliver(session, Bench.text("m")))));
        threads.shutdown();
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(10_000, told.size());
        assertTrue(told.values().stream().allMatch(times -> times == 1));
        assertEquals(0, big.registry.keys());
        assertEquals(0, big.budget.used());
    }
}
