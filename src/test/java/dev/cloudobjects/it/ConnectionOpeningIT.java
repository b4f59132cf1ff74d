package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** From the handshake to the acceptance: what comes first, what waits, and what is refused for its order. */
class ConnectionOpeningIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    private final Device device = Device.ofNobody();

    private static JsonObject say(int n) {
        return Client.json("say", n);
    }

    private static JsonObject connecting(String what) {
        return Client.json("type", "connect", "data", Client.json("do", what));
    }

    @Test
    void shouldBeginWithTheConnectFrameThenWhatTheEventSent() {
        try (Raw raw = Raw.ask(LIFE + "?do=twice", device.client().headers())) {
            JsonObject connect = raw.object().getJsonObject("vkWebSocket");
            assertEquals("connect", connect.getString("type"));
            assertEquals("\"first\"", raw.next().text());
            assertEquals("\"second\"", raw.next().text());
        }
        try (Socket socket = device.client().connectV1(LIFE, connecting("twice"))) {
            assertEquals(Json.createValue("first"), socket.data());
            assertEquals(Json.createValue("second"), socket.data());
        }
    }

    @Test
    void shouldHandleWhatWasSentTooEarlyAfterTheConnectionEventInOrder() {
        try (Raw raw = Raw.ask(LIFE + "?do=wait", device.client().headers())) {
            for (int i = 0; i < 50; i++) {
                raw.text(say(i).toString());
            }
            device.await("connection");
            assertEquals(0, device.count("message"));
            device.openGate();
            assertEquals("connect", raw.object().getJsonObject("vkWebSocket").getString("type"));
            for (int i = 0; i < 50; i++) {
                assertEquals(String.valueOf(i), raw.next().text());
            }
        }
    }

    @Test
    void shouldDoSoInTheSdksDialectToo() {
        URI address = device.client().ticket("url", LIFE, "protocol", Client.V1);
        try (Socket socket = device.client().open(address, Client.V1)) {
            socket.send(connecting("wait"));
            for (int i = 0; i < 10; i++) {
                socket.sendV1(say(i));
            }
            device.await("connection");
            device.openGate();
            socket.accepted();
            for (int i = 0; i < 10; i++) {
                assertEquals(Json.createValue(i), socket.data());
            }
        }
    }

    @Test
    void shouldCloseAClientThatDoesNotConnectFirst() {
        URI address = device.client().ticket("url", LIFE, "protocol", Client.V1);
        try (Socket socket = device.client().open(address, Client.V1)) {
            socket.sendV1(say(1));
            assertTrue(socket.event("error").getBoolean("close"));
            assertEquals(1002, socket.closed().code());
            assertEquals(List.of(), device.events());
        }
    }

    @Test
    void shouldCloseAClientThatConnectsTwice() {
        try (Socket socket = device.client().connectV1(LIFE)) {
            socket.send(Client.json("type", "connect"));
            assertEquals(400, socket.event("error").getJsonObject("err").getInt("code"));
            assertEquals(1002, socket.closed().code());
        }
    }

    @Test
    void shouldWriteARowWithTheAcceptanceAndRemoveItWithTheEnd() {
        try (Raw raw = Raw.ask(LIFE + "?do=wait", device.client().headers())) {
            device.await("connection");
            assertEquals(0, device.rows(LIFE), "before acceptance");
            device.openGate();
            raw.object();
            assertEquals(1, device.rows(LIFE));
            assertEquals(1, device.connections(LIFE));
        }
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.rows(LIFE) == 0);
        assertEquals(0, device.connections(LIFE));
    }
}
