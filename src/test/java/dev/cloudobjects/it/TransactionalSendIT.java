package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What is sent inside a transaction leaves with its commit. */
class TransactionalSendIT extends TargetsFixture {

    @Test
    void shouldSendAfterTheCommit() {
        try (Socket socket = welcomed(of("a"), MANAGED)) {
            JsonObject to = Client.json("cid", list(socket.cid()));
            assertTrue(order(MANAGED + ".commit", to, "data", "").ok().json().getBoolean("deferred"));
            assertHeard(socket, "outside", "inside");
        }
    }

    @Test
    void shouldSendNothingAfterARollback() {
        try (Socket socket = welcomed(of("a"), MANAGED)) {
            JsonObject to = Client.json("cid", list(socket.cid()));
            assertTrue(order(MANAGED + ".rollBack", to, "data", "").ok().json().getBoolean("deferred"));
            assertHeard(socket, "outside");
        }
    }
}
