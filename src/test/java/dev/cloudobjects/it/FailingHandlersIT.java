package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers that fail, overflow or hang: their connection is told once, and nobody else notices. */
class FailingHandlersIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    private final Device device = Device.ofNobody();

    @ParameterizedTest
    @CsvSource({"crash, 500, a secret", "overflow, 500, StackOverflowError", "throw, 81, go away"})
    void shouldTellOnceWhatFailed(String what, int code, String errMsg) {
        try (Socket socket = device.client().connect(LIFE)) {
            socket.send(Client.json("do", what));
            JsonObject err = socket.event("error").getJsonObject("err");
            assertEquals(code, err.getInt("code"));
            assertFalse(err.getString("requestId").isEmpty());
            assertEquals("error " + socket.cid() + " " + errMsg, device.await("error"));
            assertEcho(socket);
            assertEquals(1, device.count("error"));
        }
    }

    @Test
    void shouldShowNoClientTheInsidesOfAFailure() {
        try (Socket socket = device.client().connect(LIFE)) {
            socket.send(Client.json("do", "crash"));
            JsonObject event = socket.event("error");
            assertFalse(event.toString().contains("secret"), event.toString());
            assertFalse(event.toString().contains("Exception"), event.toString());
            assertEquals(3, event.getJsonObject("err").size(), event.toString());
            assertFalse(event.containsKey("close"), event.toString());
        }
    }

    @Test
    void shouldReferToTheMessageThatFailed() {
        try (Socket socket = device.client().connectV1(LIFE)) {
            socket.send(Client.json("type", "message", "id", 12, "data", Client.json("do", "crash")));
            assertEquals(12, socket.event("error").getInt("re"));
        }
    }

    @Test
    void shouldTakeTheReturnValueOfAMessageForNothing() {
        try (Socket socket = device.client().connect(LIFE)) {
            socket.send(Client.json("do", "refuse"));
            assertEcho(socket);
        }
    }

    @Test
    void shouldStopAHandlerThatTakesTooLong() {
        try (Socket socket = device.client().connect(LIFE)) {
            socket.send(Client.json("do", "hang"));
            assertEquals(502, socket.event("error").getJsonObject("err").getInt("code"));
            device.await("interrupted");
            assertEcho(socket);
        }
    }

    @Test
    void shouldStopACallThatTakesTooLong() {
        Reply late = device.client().call(LIFE + ".hang");
        assertEquals(504, late.status());
        assertEquals(502, late.code());
        assertFalse(late.text("requestId").isEmpty());
        device.await("interrupted");
        device.client().call("it/pub.data.count").ok();
    }

    @Test
    void shouldStopAConnectionEventThatTakesTooLong() {
        try (Raw raw = Raw.ask(LIFE + "?do=hang", device.client().headers())) {
            JsonObject event = raw.object().getJsonObject("vkWebSocket");
            assertEquals(502, event.getJsonObject("err").getInt("code"));
            assertTrue(event.getBoolean("close"));
            assertEquals(4001, raw.closed());
        }
    }

    @Test
    void shouldServeOthersWhileManyHandlersHang() {
        int many = "full".equals(System.getProperty("it.crowd")) ? 1000 : 300;
        List<Raw> hanging = new ArrayList<>();
        try (Socket other = Client.anonymous().connect(LIFE)) {
            for (int i = 0; i < many; i++) {
                Raw raw = Raw.ask(LIFE, device.client().headers());
                raw.object();
                hanging.add(raw);
            }
            hanging.forEach(raw -> raw.text("{\"do\":\"hang\"}"));
            for (int i = 0; i < 20; i++) {
                assertEcho(other);
            }
            assertEquals(0, device.count("interrupted"), "it was served only when others had ended");
            for (Raw raw : hanging) {
                JsonObject event = raw.object().getJsonObject("vkWebSocket");
                assertEquals(502, event.getJsonObject("err").getInt("code"), event.toString());
            }
            assertEquals(many, device.count("interrupted"));
            for (Raw raw : hanging) {
                assertEquals("\"on\"", raw.text("{\"say\":\"on\"}").next().text());
            }
        } finally {
            hanging.forEach(Raw::close);
        }
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.count("disconnection") == many);
    }

    private static void assertEcho(Socket socket) {
        socket.send(Client.json("say", "on"));
        assertEquals(Json.createValue("on"), socket.value());
    }
}
