package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

/** A client of the SDK's dialect that gives its messages an id is told what became of each. */
class AcknowledgementIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    private final Device device = Device.ofNobody();

    private static void send(Socket socket, long id, JsonValue data) {
        socket.send(Client.json("type", "message", "id", id, "data", data));
    }

    private static void assertAck(Socket socket, long id) {
        assertEquals(Client.json("type", "ack", "id", id), socket.object());
    }

    private static void assertError(Socket socket, long id, int code) {
        JsonObject event = socket.event("error");
        assertEquals(code, event.getJsonObject("err").getInt("code"), event::toString);
        assertEquals(id, event.getJsonNumber("re").longValue(), event::toString);
        assertFalse(event.containsKey("close"), event::toString);
    }

    @Test
    void shouldComeInOrderBehindWhatTheHandlerSent() {
        try (Socket socket = device.client().connectV1(LIFE)) {
            for (int id = 100; id > 0; id--) {
                send(socket, id, Client.json("say", id));
            }
            for (int id = 100; id > 0; id--) {
                assertEquals(Json.createValue(id), socket.data());
                assertAck(socket, id);
            }
        }
    }

    @Test
    void shouldWaitForTheHandler() {
        try (Socket socket = device.client().connectV1(LIFE)) {
            send(socket, 1, Client.json("do", "wait"));
            socket.send(Client.json("type", "ping"));
            assertEquals(Client.json("type", "pong"), socket.object());
            device.openGate();
            assertAck(socket, 1);
        }
    }

    @Test
    void shouldBeAnErrorWhereTheHandlerFails() {
        try (Socket socket = device.client().connectV1(LIFE)) {
            send(socket, 1, Client.json("do", "throw"));
            assertError(socket, 1, 81);
            send(socket, 2, Client.json("do", "crash"));
            assertError(socket, 2, 500);
            send(socket, 3, Client.json("do", "refuse"));
            assertError(socket, 3, 82);
            send(socket, 4, Json.createValue("no object"));
            assertError(socket, 4, 400);
            socket.sendText("{\"type\":\"message\",\"id\":5,\"data\":{\"a\":1,\"a\":2}}");
            assertError(socket, 5, 400);
            send(socket, 6, Client.json());
            assertAck(socket, 6);
        }
    }

    @Test
    void shouldBeAnErrorWhereAFilterRefuses() {
        Client banned = Client.anonymous().with("vk-device-id", "banned");
        try (Socket socket = banned.connectV1("it/pub.filtered/pub.door")) {
            send(socket, 1, Client.json());
            assertError(socket, 1, 4711);
        }
    }

    @Test
    void shouldBeAnErrorForEachThatIsDropped() {
        int waiting = 256;
        try (Socket socket = device.client().connectV1(LIFE)) {
            send(socket, 1, Client.json("do", "wait"));
            device.await("message");
            for (int id = 2; id <= waiting + 3; id++) {
                send(socket, id, Client.json());
            }
            assertError(socket, waiting + 2, 429);
            assertError(socket, waiting + 3, 429);
            device.openGate();
            for (int id = 1; id <= waiting + 1; id++) {
                assertAck(socket, id);
            }
        }
    }
}
