package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The end of a connection: its object hears of it once, however it came. */
class ConnectionEndIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    private final Device device = Device.ofNobody();

    @Test
    void shouldTellTheObjectOnceWhenTheClientCloses() {
        try (Socket socket = device.client().connect(LIFE)) {
            assertEquals(1000, socket.leave().code());
        }
        assertOnce("disconnection 1000");
    }

    @Test
    void shouldTellTheObjectOnceWhenTheClientVanishes() {
        device.client().connect(LIFE).kill();
        assertOnce("disconnection 1006");
    }

    @Test
    void shouldTellTheObjectOnceWhenTheServerCloses() {
        try (Socket socket = device.client().connect(LIFE)) {
            socket.send(Client.json("do", "close"));
            assertEquals(4000, socket.closed().code());
        }
        assertOnce("disconnection 4000");
    }

    private void assertOnce(String event) {
        assertEquals(event, device.await("disconnection"));
        // One more connection, so that a second event of the first has had its time.
        try (Socket socket = device.client().connect(LIFE)) {
            socket.leave();
        }
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.count("disconnection") >= 2);
        assertEquals(2, device.count("disconnection"), device.events()::toString);
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.rows(LIFE) == 0);
    }
}
