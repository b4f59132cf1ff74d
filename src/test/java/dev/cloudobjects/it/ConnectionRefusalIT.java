package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection that its object refuses: it is told why, and leaves nothing behind. */
class ConnectionRefusalIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    private final Device device = Device.ofNobody();

    private static JsonObject connecting(String what) {
        return Client.json("type", "connect", "data", Client.json("do", what));
    }

    @ParameterizedTest
    @CsvSource({
        "throw, error, 81, 4001",
        "refuse, error, 82, 4001",
        "crash, error, 500, 4001",
        "token, invalidToken, 30204, 4003"
    })
    void shouldTellWhyAndClose(String what, String type, int code, int close) {
        try (Socket socket = refused(what)) {
            JsonObject event = socket.event(type);
            assertEquals(code, event.getJsonObject("err").getInt("code"));
            assertTrue(event.getBoolean("close"));
            assertFalse(event.toString().contains("secret"), event.toString());
            assertEquals(close, socket.closed().code());
        }
    }

    @Test
    void shouldLeaveNothingBehind() {
        try (Socket socket = refused("throw")) {
            assertEquals(4001, socket.closed().code());
            assertEquals(0, device.rows(LIFE));
            assertEquals(0, device.connections(LIFE));
            assertEquals(0, device.client().call(LIFE + ".tell").json().getInt("matched"));
        }
        // An accepted one behind it, whose end would come after that of the refused one.
        try (Socket socket = device.client().connect(LIFE)) {
            socket.leave();
        }
        device.await("disconnection");
        assertEquals(1, device.count("disconnection"));
    }

    @Test
    void shouldDropWhatTheRefusedEventHadSent() {
        try (Raw raw = Raw.ask("it/pub.talks-and-refuses", device.client().headers())) {
            assertEquals("error", raw.object().getJsonObject("vkWebSocket").getString("type"));
            assertEquals(4001, raw.closed());
        }
    }

    private Socket refused(String what) {
        Client client = device.client();
        return client.open(client.ticket("url", LIFE, "protocol", Client.V1), Client.V1).send(connecting(what));
    }
}
