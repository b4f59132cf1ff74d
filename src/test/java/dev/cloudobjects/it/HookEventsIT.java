package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hooks around the events of a connection. */
class HookEventsIT extends FromOutside {

    private static final String HOOKED = "it/pub.hooked";

    private final Device device = Device.ofNobody();

    private Socket connect() {
        return device.client().connectV1(HOOKED);
    }

    private static Socket say(Socket socket, JsonObject data) {
        return socket.send(Client.json("type", "message", "id", 1, "data", data));
    }

    @Test
    void shouldRunAroundEachEvent() {
        try (Socket socket = connect()) {
            assertEquals("ack", say(socket, Client.json()).object().getString("type"));
            socket.leave();
        }
        device.await("after onWebsocketDisConnection");
        assertEquals(
                List.of(
                        "before onWebsocketConnection",
                        "connection",
                        "after onWebsocketConnection",
                        "before onWebsocketMessage",
                        "message",
                        "after onWebsocketMessage",
                        "before onWebsocketDisConnection",
                        "disconnection",
                        "after onWebsocketDisConnection"),
                device.events());
    }

    @ParameterizedTest
    @CsvSource({"before, text, -1, not now", "before, throws, 78, thrown before", "after, refuses, 84, after all"})
    void shouldRefuseAConnection(String hook, String how, int code, String msg) {
        JsonObject frame = Client.json("type", "connect", "data", Client.json(hook, how));
        try (Socket socket = device.client()
                .open(device.client().ticket("url", HOOKED, "protocol", Client.V1), Client.V1)
                .send(frame)) {
            JsonObject event = socket.event("error");
            assertEquals(code, event.getJsonObject("err").getInt("code"));
            assertEquals(msg, event.getJsonObject("err").getString("msg"));
            assertTrue(event.getBoolean("close"));
            assertEquals(4001, socket.closed().code());
        }
        assertEquals(hook.equals("after") ? 1 : 0, device.count("connection"));
        assertEquals(0, device.count("disconnection"));
    }

    @ParameterizedTest
    @CsvSource({"before, text, -1, not now, 0", "before, throws, 78, thrown before, 1", "after, refuses, 84, after all, 0"})
    void shouldRefuseAMessageAndLeaveTheConnectionOpen(String hook, String how, int code, String msg, int errors) {
        try (Socket socket = connect()) {
            JsonObject event = say(socket, Client.json(hook, how)).event("error");
            assertEquals(1, event.getInt("re"));
            assertEquals(code, event.getJsonObject("err").getInt("code"));
            assertEquals(msg, event.getJsonObject("err").getString("msg"));
            assertEquals(hook.equals("after") ? 1 : 0, device.count("message"));
            assertEquals(errors, device.count("error " + msg));
            assertEquals("ack", say(socket, Client.json()).object().getString("type"));
        }
    }

    @Test
    void shouldShowAfterAnEventThatFailedAndLetItMendThat() {
        try (Socket socket = connect()) {
            JsonObject failure = say(socket, Client.json("message", "throws")).event("error");
            assertEquals(79, failure.getJsonObject("err").getInt("code"));
            assertEquals(1, device.count("error a failure"));
            JsonObject mended = say(socket, Client.json("message", "throws", "after", "mends")).object();
            assertEquals("ack", mended.getString("type"));
            assertEquals(1, device.count("error a failure"));
            assertEquals(2, device.count("after onWebsocketMessage that failed"));
        }
    }
}
