package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a login or a right is in force within five seconds: for connections that only listen, and for calls. */
class EffectInTimeIT extends FromOutside {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String DOOR = "it/sys/probe";

    /** What becomes of a user, here or in the database behind the server's back. */
    enum Change {
        BAN(4003, 10001, Identities::banned),
        LOGOUT_ELSEWHERE(4003, 30202, Identities::loggedOut),
        ROLE_TAKEN(4001, 403, client -> Identities.roles(client)),
        BAN_BY_HAND(4003, 10001, client -> Identities.byHand(client, "status", 1)),
        LOGOUT_BY_HAND(4003, 30202, client -> Identities.byHand(client, "token", List.of())),
        ROLE_TAKEN_BY_HAND(4001, 403, client -> Identities.byHand(client, "role", List.of())),
        ROLE_EMPTIED_BY_HAND(4001, 403, Identities::rolesByHand);

        private final int closeCode;
        private final int code;
        private final Consumer<Client> made;

        Change(int closeCode, int code, Consumer<Client> made) {
            this.closeCode = closeCode;
            this.code = code;
            this.made = made;
        }
    }

    private static Client helper() {
        return Identities.withRole("WILDCARD", true, List.of(DOOR + ".*"));
    }

    private static void assertInTime(long since) {
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        assertTrue(took.compareTo(LIMIT) <= 0, "it took " + took);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAConnectionThatOnlyListens(Change change) {
        Client ann = helper();
        try (Socket socket = ann.connect(DOOR)) {
            long since = System.nanoTime();
            change.made.accept(ann);
            String event = change.closeCode == 4003 ? "invalidToken" : "error";
            assertEquals(change.code, socket.event(event).getJsonObject("err").getInt("code"));
            assertEquals(change.closeCode, socket.closed().code());
            assertInTime(since);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseCalls(Change change) {
        Client ann = helper();
        ann.call(DOOR + ".hit").ok();
        long since = System.nanoTime();
        change.made.accept(ann);
        Awaitility.await().atMost(Client.PATIENCE).until(() -> ann.call(DOOR + ".hit").code() == change.code);
        assertInTime(since);
    }

    @Test
    void shouldForceALogoutInTime() {
        Client ann = helper();
        Client admin = Identities.admin();
        try (Socket socket = ann.connect(DOOR)) {
            long since = System.nanoTime();
            admin.call("sys/connections.forceLogout", "user", ann.uid()).ok();
            assertEquals(4002, socket.closed().code());
            assertEquals(30202, ann.call(DOOR + ".hit").code());
            assertInTime(since);
        }
    }
}
