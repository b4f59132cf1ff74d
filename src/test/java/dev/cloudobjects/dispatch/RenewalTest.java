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
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionState;
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

    private Connection connected() {
        return stage.connected(
                bench.client().speaks(Dialect.V1).needsLogin().user("ann", bench.clock.instant().plus(LIFE)));
    }

    private Connection connectedToAnyone() {
        return stage.connected(bench.client().speaks(Dialect.V1).user("ann", bench.clock.instant().plus(LIFE)));
    }

    private void auth(Connection connection, @Nullable Long id, String token) {
        stage.gateway.received(connection, new ClientFrame.Auth(id, token));
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        bench.sweeper.sweep();
        bench.run();
    }

    private static Login login(Connection connection) {
        return Objects.requireNonNull(connection.caller().login());
    }

    @Test
    void shouldTellWhenTheNewTokenEnds() {
        Connection connection = connected();
        auth(connection, null, "t-ann");
        bench.run();
        assertEquals(DONE, stage.lastSent());
        auth(connection, 9L, "t-ann");
        bench.run();
        assertTrue(stage.lastSent().endsWith(",\"re\":9}"), stage.lastSent());
    }

    @Test
    void shouldTakeItsTurnAmongTheMessages() {
        Connection connection = connected();
        List<String> sessions = new ArrayList<>();
        stage.on(Event.MESSAGE, call -> {
            sessions.add(Objects.requireNonNull(call.caller().login()).sessionId());
            return new Answer.Returned(null);
        });
        stage.message(connection, null, 1);
        auth(connection, null, "t-ann");
        stage.message(connection, null, 2);
        bench.run();
        assertEquals(List.of("session-ann", "s"), sessions);
        assertEquals("t-ann", connection.caller().token());
    }

    @Test
    void shouldMoveTheEndOfTheLogin() {
        Connection connection = connected();
        auth(connection, null, "t-ann");
        bench.run();
        pass(LIFE.plusSeconds(5));
        assertEquals(ConnectionState.OPEN, connection.state());
        connection.heartbeat().heard();
        pass(Duration.between(bench.clock.instant(), NEW_END));
        assertTrue(stage.wire.closes().get(0).startsWith("close 4003"), () -> stage.wire.log().toString());
    }

    @Test
    void shouldMoveTheSessionWhoseEndCounts() {
        Connection connection = connected();
        auth(connection, null, "t-ann");
        bench.run();
        stage.users.ended.put("session-ann", Code.TOKEN_REVOKED);
        stage.message(connection, null, 1);
        bench.run();
        assertEquals(ConnectionState.OPEN, connection.state());
        stage.users.ended.put("s", Code.TOKEN_REVOKED);
        stage.message(connection, null, 2);
        bench.run();
        assertEquals(ConnectionState.CLOSING, connection.state());
        assertEquals(List.of("Message 1 by ann"), stage.handled);
    }

    @Test
    void shouldNotBeMissedByALogoutThatComesWithIt() {
        Connection connection = connected();
        stage.users.ended.put("s", Code.TOKEN_REVOKED);
        auth(connection, null, "t-ann");
        bench.run();
        assertTrue(stage.lastSent().contains("invalidToken"), stage.lastSent());
        assertTrue(stage.wire.closes().get(0).startsWith("close 4003"));
    }

    @Test
    void shouldOutliveARejectionOfTheOldLoginThatComesLate() {
        Connection connection = connected();
        Login old = login(connection);
        auth(connection, null, "t-ann");
        bench.run();
        bench.logins.rejected(connection, old, new Rejected(Code.TOKEN_REVOKED));
        bench.run();
        assertEquals(ConnectionState.OPEN, connection.state());
        assertEquals(DONE, stage.lastSent());
    }

    @Test
    void shouldNotReviveALoginThatHasEnded() {
        Connection connection = connected();
        bench.clock.advance(LIFE);
        stage.users.ended.put("session-ann", Code.TOKEN_EXPIRED);
        auth(connection, null, "t-ann");
        bench.run();
        assertTrue(stage.lastSent().contains("\"code\":30203") && stage.lastSent().contains("\"close\":true"));
    }

    @Test
    void shouldNotPrintTheToken() {
        assertFalse(new ClientFrame.Auth(1L, "secret").toString().contains("secret"));
    }

    @Nested
    class Refused {

        private void assertRefused(Connection connection, int code) {
            bench.run();
            String said = stage.lastSent();
            assertTrue(said.startsWith("{\"type\":\"event\",\"event\":\"error\""), said);
            assertTrue(said.contains("\"code\":" + code) && said.contains("requestId"), said);
            assertTrue(said.endsWith("},\"re\":9}"), said);
            assertEquals(ConnectionState.OPEN, connection.state());
        }

        private void assertKeepsItsLogin(Connection connection) {
            assertEquals("session-ann", login(connection).sessionId());
            pass(LIFE);
            assertTrue(stage.wire.closes().get(0).startsWith("close 4003"));
        }

        @Test
        void shouldBeATokenOfAnotherUser() {
            Connection connection = connected();
            auth(connection, 9L, "t-bob");
            assertRefused(connection, 403);
            assertKeepsItsLogin(connection);
        }

        @Test
        void shouldBeABadToken() {
            Connection connection = connected();
            auth(connection, 9L, "nonsense");
            assertRefused(connection, 30204);
            assertKeepsItsLogin(connection);
        }

        @Test
        void shouldBeALoginWhereThereWasNone() {
            Connection connection = stage.connected(bench.client().speaks(Dialect.V1));
            auth(connection, 9L, "t-ann");
            assertRefused(connection, 403);
            assertNull(connection.caller().uid());
        }

        @Test
        void shouldBeALoginWhereItHasEnded() {
            Connection connection = connectedToAnyone();
            pass(LIFE);
            auth(connection, 9L, "t-ann");
            assertRefused(connection, 403);
            assertNull(connection.caller().uid());
        }

        @Test
        void shouldBeAnyWhileTheUsersCannotBeAsked() {
            Connection connection = connected();
            stage.users.away = new CloudObjectException(Code.UNAVAILABLE);
            auth(connection, 9L, "t-ann");
            assertRefused(connection, 503);
            assertEquals("session-ann", login(connection).sessionId());
        }

        @Test
        void shouldBeOneThatIsOneTooMany() {
            Connection connection = connected();
            for (int i = 0; i < 3; i++) {
                stage.message(connection, null, i);
            }
            auth(connection, 9L, "t-ann");
            bench.sending.runAll();
            assertTrue(stage.lastSent().contains("\"code\":429") && stage.lastSent().endsWith("\"re\":9}"));
        }

        @Test
        void shouldBeOneAheadOfTheConnectFrame() {
            Connection early = bench.client().speaks(Dialect.V1).user("ann").open(stage.wire);
            auth(early, 9L, "t-ann");
            bench.run();
            assertEquals(List.of("close 1002 the connect frame must come first"), stage.wire.closes());
        }
    }

    /** Whichever comes first decides: the connection ends, or it has the new login, and the client knows which. */
    @RepeatedTest(100)
    void shouldBeDecidedOnceHoweverItRacesTheExpiry() throws Exception {
        long seed = Stress.seed();
        Connection connection = connected();
        Login old = login(connection);
        bench.clock.advance(LIFE);
        connection.heartbeat().heard();
        auth(connection, null, "t-ann");
        Stress.race(
                new Random(seed),
                List.of(
                        bench.handlers::runAll,
                        bench.sweeper::sweep,
                        () -> bench.logins.rejected(connection, old, new Rejected(Code.TOKEN_REVOKED))));
        bench.run();
        String at = "seed " + seed;
        if (connection.state() == ConnectionState.OPEN) {
            assertEquals("s", login(connection).sessionId(), at);
            assertEquals(DONE, stage.lastSent(), at);
        } else {
            assertEquals(1, stage.wire.closes().size(), at);
            assertTrue(stage.lastSent().contains("invalidToken"), at);
            assertFalse(stage.wire.sent().contains(DONE), at);
        }
        assertNotNull(connection.caller().login(), at);
    }
}
