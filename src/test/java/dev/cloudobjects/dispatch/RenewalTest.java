package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.security.Authentication.Rejected;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionState;
import dev.cloudobjects.session.Stress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A connection gets the login of a newer token; {@code t-ann} is one of ann's, of session {@code s}. */
class RenewalTest {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Instant NEW_END = Instant.ofEpochSecond(4_000_000_000L);
    private static final String DONE = "{\"type\":\"authenticated\",\"tokenExpired\":4000000000000}";

    private final Stage stage = new Stage();
    private final Bench bench = stage.bench;

    private Session connected() {
        return stage.connected(
                bench.client().speaks(Dialect.V1).needsLogin().user("ann", bench.clock.instant().plus(LIFE)));
    }

    private Session connectedToAnyone() {
        return stage.connected(bench.client().speaks(Dialect.V1).user("ann", bench.clock.instant().plus(LIFE)));
    }

    private void auth(Session session, @Nullable Long id, String token) {
        stage.gateway.received(session, Bench.link(session), new ClientFrame.Auth(id, token));
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        bench.timeouts.run();
        bench.run();
    }

    private static Login login(Session session) {
        return Objects.requireNonNull(session.caller().login());
    }

    @Test
    void shouldTellWhenTheNewTokenEnds() {
        Session session = connected();
        auth(session, null, "t-ann");
        bench.run();
        assertEquals(DONE, stage.lastSent());
        auth(session, 9L, "t-ann");
        bench.run();
        assertTrue(stage.lastSent().endsWith(",\"re\":9}"), stage.lastSent());
    }

    @Test
    void shouldTakeItsTurnAmongTheMessages() {
        Session session = connected();
        List<String> sessions = new ArrayList<>();
        stage.on(Event.MESSAGE, call -> {
            sessions.add(Objects.requireNonNull(call.caller().login()).sessionId());
            return new Answer.Returned(null);
        });
        stage.message(session, null, 1);
        auth(session, null, "t-ann");
        stage.message(session, null, 2);
        bench.run();
        assertEquals(List.of("session-ann", "s"), sessions);
        assertEquals("t-ann", session.caller().token());
    }

    @Test
    void shouldMoveTheEndOfTheLogin() {
        Session session = connected();
        auth(session, null, "t-ann");
        bench.run();
        pass(LIFE.plusSeconds(5));
        assertEquals(SessionState.OPEN, session.state());
        Bench.link(session).heartbeat().heard();
        pass(Duration.between(bench.clock.instant(), NEW_END));
        assertTrue(stage.wire.closes().get(0).startsWith("close 4003"), () -> stage.wire.log().toString());
    }

    @Test
    void shouldMoveTheSessionWhoseEndCounts() {
        Session session = connected();
        auth(session, null, "t-ann");
        bench.run();
        stage.users.ended.put("session-ann", Code.TOKEN_REVOKED);
        stage.message(session, null, 1);
        bench.run();
        assertEquals(SessionState.OPEN, session.state());
        stage.users.ended.put("s", Code.TOKEN_REVOKED);
        stage.message(session, null, 2);
        bench.run();
        assertEquals(SessionState.CLOSING, session.state());
        assertEquals(List.of("Message 1 by ann"), stage.handled);
    }

    @Test
    void shouldNotBeMissedByALogoutThatComesWithIt() {
        Session session = connected();
        stage.users.ended.put("s", Code.TOKEN_REVOKED);
        auth(session, null, "t-ann");
        bench.run();
        assertTrue(stage.lastSent().contains("invalidToken"), stage.lastSent());
        assertTrue(stage.wire.closes().get(0).startsWith("close 4003"));
    }

    @Test
    void shouldOutliveARejectionOfTheOldLoginThatComesLate() {
        Session session = connected();
        Login old = login(session);
        auth(session, null, "t-ann");
        bench.run();
        bench.logins.rejected(session, old, new Rejected(Code.TOKEN_REVOKED));
        bench.run();
        assertEquals(SessionState.OPEN, session.state());
        assertEquals(DONE, stage.lastSent());
    }

    @Test
    void shouldNotReviveALoginThatHasEnded() {
        Session session = connected();
        bench.clock.advance(LIFE);
        stage.users.ended.put("session-ann", Code.TOKEN_EXPIRED);
        auth(session, null, "t-ann");
        bench.run();
        assertTrue(stage.lastSent().contains("\"code\":30203") && stage.lastSent().contains("\"close\":true"));
    }

    @Test
    void shouldNotPrintTheToken() {
        assertFalse(new ClientFrame.Auth(1L, "secret").toString().contains("secret"));
    }

    @Nested
    class Refused {

        private void assertRefused(Session session, int code) {
            bench.run();
            String said = stage.lastSent();
            assertTrue(said.startsWith("{\"type\":\"event\",\"event\":\"error\""), said);
            assertTrue(said.contains("\"code\":" + code) && said.contains("requestId"), said);
            assertTrue(said.endsWith("},\"re\":9}"), said);
            assertEquals(SessionState.OPEN, session.state());
        }

        private void assertKeepsItsLogin(Session session) {
            assertEquals("session-ann", login(session).sessionId());
            pass(LIFE);
            assertTrue(stage.wire.closes().get(0).startsWith("close 4003"));
        }

        @Test
        void shouldBeATokenOfAnotherUser() {
            Session session = connected();
            auth(session, 9L, "t-bob");
            assertRefused(session, 403);
            assertKeepsItsLogin(session);
        }

        @Test
        void shouldBeABadToken() {
            Session session = connected();
            auth(session, 9L, "nonsense");
            assertRefused(session, 30204);
            assertKeepsItsLogin(session);
        }

        @Test
        void shouldBeALoginWhereThereWasNone() {
            Session session = stage.connected(bench.client().speaks(Dialect.V1));
            auth(session, 9L, "t-ann");
            assertRefused(session, 403);
            assertNull(session.caller().uid());
        }

        @Test
        void shouldBeALoginWhereItHasEnded() {
            Session session = connectedToAnyone();
            pass(LIFE);
            auth(session, 9L, "t-ann");
            assertRefused(session, 403);
            assertNull(session.caller().uid());
        }

        @Test
        void shouldBeAnyWhileTheUsersCannotBeAsked() {
            Session session = connected();
            stage.users.away = new CloudObjectException(Code.UNAVAILABLE);
            auth(session, 9L, "t-ann");
            assertRefused(session, 503);
            assertEquals("session-ann", login(session).sessionId());
        }

        @Test
        void shouldBeOneThatIsOneTooMany() {
            Session session = connected();
            for (int i = 0; i < 3; i++) {
                stage.message(session, null, i);
            }
            auth(session, 9L, "t-ann");
            bench.sending.runAll();
            assertTrue(stage.lastSent().contains("\"code\":429") && stage.lastSent().endsWith("\"re\":9}"));
        }

        @Test
        void shouldBeOneAheadOfTheConnectFrame() {
            Session early = bench.client().speaks(Dialect.V1).user("ann").open(stage.wire);
            auth(early, 9L, "t-ann");
            bench.run();
            assertEquals(List.of("close 1002 the connect frame must come first"), stage.wire.closes());
        }
    }

    /** Whichever comes first decides: the connection ends, or it has the new login, and the client knows which. */
    @RepeatedTest(100)
    void shouldBeDecidedOnceHoweverItRacesTheExpiry() throws Exception {
        long seed = Stress.seed();
        Session session = connected();
        Login old = login(session);
        bench.clock.advance(LIFE);
        Bench.link(session).heartbeat().heard();
        auth(session, null, "t-ann");
        Stress.race(
                new Random(seed),
                List.of(
                        bench.handlers::runAll,
                        bench.timeouts::run,
                        () -> bench.logins.rejected(session, old, new Rejected(Code.TOKEN_REVOKED))));
        bench.run();
        String at = "seed " + seed;
        if (session.state() == SessionState.OPEN) {
            assertEquals("s", login(session).sessionId(), at);
            assertEquals(DONE, stage.lastSent(), at);
        } else {
            assertEquals(1, stage.wire.closes().size(), at);
            assertTrue(stage.lastSent().contains("invalidToken"), at);
            assertFalse(stage.wire.sent().contains(DONE), at);
        }
        assertNotNull(session.caller().login(), at);
    }
}
