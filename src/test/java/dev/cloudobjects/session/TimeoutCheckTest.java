package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimeoutCheckTest {

    private final Bench bench = new Bench();
    private final FakeWire wire = new FakeWire();

    private void after(Duration time) {
        bench.clock.advance(time);
        bench.timeouts.run();
        bench.run();
    }

    @Nested
    class Silence {

        @Test
        void shouldBePingedThenGivenUp() {
            Session session = bench.client().accepted(wire);
            bench.run();
            after(Duration.ofSeconds(24));
            assertEquals(1, wire.log().size());
            after(Duration.ofSeconds(1));
            assertEquals("ping", wire.log().get(1));
            after(Duration.ofSeconds(10));
            assertEquals(2, wire.log().size());
            after(Duration.ofMillis(1));
            assertEquals(List.of("close 4500 no sign of life from the client"), wire.closes());
            assertEquals(List.of(session.cid() + " 4500"), bench.ended);
        }

        @Test
        void shouldNotBeTakenForLossWhenTheClientIsOnlyBehind() {
            Session session = bench.client().accepted(wire);
            bench.run();
            bench.clock.advance(Duration.ofSeconds(25));
            wire.hold();
            bench.deliveries.deliver(session, Bench.text("in progress"));
            bench.sending.runAll();
            for (int i = 0; i < Bench.LINK.queueMessages(); i++) {
                assertEquals(Deliveries.Delivery.QUEUED, bench.deliveries.deliver(session, Bench.text("m")));
            }
            bench.timeouts.run();
            wire.answer(null);
            bench.run();
            assertEquals("ping", wire.log().get(2));
        }

        @Test
        void shouldEndWithAnySignOfLife() {
            Session session = bench.client().accepted(wire);
            bench.run();
            for (int i = 0; i < 5; i++) {
                after(Duration.ofSeconds(25));
                after(Duration.ofSeconds(9));
                Bench.link(session).heartbeat().heard();
            }
            assertEquals(SessionState.OPEN, session.state());
            assertEquals(6, wire.log().size(), "the connect frame and five pings");
        }
    }

    @Nested
    class AMessageInFragments {

        @Test
        void shouldBeCompleteInTime() {
            Session session = bench.client().accepted(wire);
            bench.run();
            Bench.link(session).heartbeat().reading(true);
            after(Duration.ofSeconds(6));
            Bench.link(session).heartbeat().reading(true);
            after(Duration.ofSeconds(4));
            assertEquals(SessionState.OPEN, session.state());
            after(Duration.ofMillis(1));
            assertEquals(List.of("close 1008 a message took more than PT10S to be complete"), wire.closes());
            assertEquals(List.of(session.cid() + " 1008"), bench.ended);
            assertEquals(1, bench.meters.value(Meter.MESSAGES_UNFINISHED));
        }

        @Test
        void shouldHaveItsTimeAnew() {
            Session session = bench.client().accepted(wire);
            bench.run();
            for (int i = 0; i < 10; i++) {
                Bench.link(session).heartbeat().reading(true);
                after(Duration.ofSeconds(9));
                Bench.link(session).heartbeat().reading(false);
                Bench.link(session).heartbeat().heard();
            }
            after(Duration.ofSeconds(20));
            assertEquals(SessionState.OPEN, session.state());
        }
    }

    @Nested
    class Acceptance {

        @Test
        void shouldComeInTimeBehindAConnectFrame() {
            shouldComeInTime(bench.client().speaks(Dialect.V1).open(wire));
        }

        @Test
        void shouldComeInTimeForAPlainClient() {
            shouldComeInTime(bench.client().open(wire));
        }

        private void shouldComeInTime(Session session) {
            Bench.link(session).connectSaid();
            after(Duration.ofSeconds(45));
            assertEquals(SessionState.CONNECTING, session.state());
            after(Duration.ofMillis(1));
            assertEquals(List.of("close 1013 it was not accepted in time"), wire.log());
            assertEquals(0, bench.sessions.count());
            assertEquals(1, bench.meters.value(Meter.CONNECTIONS_TIMED_OUT));
            assertEquals(List.of(), bench.ended, "nobody heard of it");
        }
    }

    @Nested
    class ConnectFrame {

        @Test
        void shouldComeInTime() {
            Session session = bench.client().speaks(Dialect.V1).open(wire);
            after(Duration.ofSeconds(10));
            assertEquals(SessionState.CONNECTING, session.state());
            after(Duration.ofMillis(1));
            assertEquals(List.of("close 4501 the connect frame did not come in time"), wire.log());
            assertEquals(List.of(), bench.ended);
        }

        @Test
        void shouldEndTheWaitingWhenItCame() {
            Session session = bench.client().speaks(Dialect.V1).open(wire);
            assertTrue(Bench.link(session).connectSaid());
            after(Duration.ofSeconds(20));
            assertEquals(SessionState.CONNECTING, session.state());
        }

        @Test
        void shouldNotBeAwaitedOfAPlainClient() {
            Session session = bench.client().open(wire);
            after(Duration.ofSeconds(20));
            assertEquals(SessionState.CONNECTING, session.state());
        }
    }

    @Nested
    class Writes {

        @Test
        void shouldEndTheConnectionWhenOneTakesTooLong() {
            Session session = bench.client().accepted(wire.hold());
            bench.run();
            after(Duration.ofSeconds(4));
            assertEquals(SessionState.OPEN, session.state());
            after(Duration.ofMillis(1));
            assertEquals(List.of("close 1013 a write took more than PT4S"), wire.closes());
            assertEquals(1, bench.meters.value(Meter.SLOW_CLOSED));
            assertEquals(0, bench.budget.used());
            assertEquals(0, bench.registry.tracked().size());
        }
    }

    @Nested
    class Closes {

        @Test
        void shouldBeGivenUpWhenTheyNeverHappen() {
            Session session = bench.client().accepted(wire);
            bench.run();
            bench.sessions.finish(session, null, CloseCode.CLOSED_BY_OBJECT, "bye", true);
            bench.run();
            after(Duration.ofSeconds(4));
            assertEquals(List.of(), bench.ended);
            after(Duration.ofMillis(1));
            assertEquals(List.of(session.cid() + " 4000"), bench.ended);
            assertEquals(0, bench.registry.tracked().size());
        }

        @Test
        void shouldSayWhatWasDecidedToAClientThatIsBehind() {
            Session session = bench.client().accepted(wire.hold());
            bench.run();
            bench.clock.advance(Duration.ofSeconds(1));
            bench.sessions.finish(session, null, CloseCode.FORCE_LOGOUT, "out", true);
            after(Duration.ofSeconds(3).plusMillis(1));
            assertEquals(List.of("close 4002 out"), wire.closes(), "its write was stuck");
            assertEquals(List.of(session.cid() + " 4002"), bench.ended);
        }

        @Test
        void shouldSayWhatWasDecidedToAClientThatDoesNotReadTheLast() {
            Session session = bench.client().accepted(wire.hold());
            bench.run();
            bench.deliveries.deliver(session, Bench.text("a"));
            bench.sessions.finish(session, null, CloseCode.FORCE_LOGOUT, "out", true);
            bench.clock.advance(Duration.ofSeconds(3));
            wire.answer(null);
            bench.run();
            after(Duration.ofSeconds(2));
            assertEquals(List.of("close 4002 out"), wire.closes());
        }

        @Test
        void shouldBeGivenUpWhenTheLastEventIsNeverWritten() {
            Session session = bench.client().needsLogin().user("ann").accepted(wire.hold());
            bench.run();
            bench.expire(session);
            after(Duration.ofSeconds(5));
            assertEquals(List.of(session.cid() + " 4003"), bench.ended);
            assertEquals(0, bench.budget.used());
        }
    }

    @Test
    void shouldGoOnBehindAConnectionThatFails() {
        bench.client().accepted();
        bench.client().accepted();
        bench.listener = (session, end) -> {
            bench.ended.add(session.cid());
            throw new IllegalStateException("no thread");
        };
        bench.run();
        after(Duration.ofSeconds(25));
        after(Duration.ofSeconds(11));
        assertEquals(2, bench.ended.size());
    }

    @Nested
    class Logins {

        @Test
        void shouldEndOnTimeWhereOneIsNeeded() {
            Session session =
                    bench.client().needsLogin().user("ann", bench.clock.instant().plusSeconds(9)).accepted(wire);
            bench.run();
            after(Duration.ofSeconds(9).minusMillis(1));
            assertEquals(SessionState.OPEN, session.state());
            after(Duration.ofMillis(1));
            assertEquals(3, wire.log().size());
            assertTrue(wire.log().get(1).contains("invalidToken") && wire.log().get(1).contains("\"close\":true"));
            assertTrue(wire.closes().get(0).startsWith("close 4003"));
        }

        @Test
        void shouldBeForgottenElsewhereOnce() {
            Session session = bench.client().user("ann", bench.clock.instant().plusSeconds(9)).accepted(wire);
            bench.run();
            after(Duration.ofSeconds(9));
            after(Duration.ofSeconds(1));
            assertEquals(SessionState.OPEN, session.state());
            assertEquals(2, wire.log().size());
        }
    }
}
