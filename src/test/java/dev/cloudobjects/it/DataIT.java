package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

/** Data on its way into a method and out of it. */
class DataIT extends FromOutside {

    private static final Client NOBODY = Client.anonymous();
    private static final JsonObject ONE_TWO = bytes("AQI=");
    private static final JsonObject TWO_ONE = bytes("AgE=");

    private static JsonObject bytes(String base64) {
        return Client.json("type", "Buffer", "data", base64);
    }

    @Test
    void shouldBindARecord() {
        JsonObject answer = NOBODY.call(
                        "it/pub.data.record",
                        "title", "t",
                        "from", Client.json("name", "n"),
                        "marks", Json.createArrayBuilder().add(1).build(),
                        "seal", ONE_TWO)
                .ok()
                .json();
        assertEquals("t!", answer.getString("title"));
        assertEquals("n!", answer.getJsonObject("from").getString("name"));
        assertEquals(1, answer.getJsonArray("marks").getInt(0));
        assertEquals(TWO_ONE, answer.getJsonObject("seal"));
    }

    @Test
    void shouldRefuseDataOfAnotherTypeNamingThePlace() {
        Reply refused = NOBODY.call("it/pub.data.record", "title", "t", "from", Client.json("name", Client.json()));
        assertEquals(400, refused.status());
        assertEquals(400, refused.code());
        assertTrue(refused.msg().contains("from.name"), refused.msg());
        assertFalse(refused.text("requestId").isEmpty());
    }

    @Test
    void shouldBindMapsAndJson() {
        assertEquals(2, NOBODY.call("it/pub.data.map", "a", 1, "b", 2).ok().json().getInt("size"));
        assertEquals("x", NOBODY.call("it/pub.data.object", "a", "x").ok().text("a"));
    }

    @Test
    void shouldBindWhatIsNoObjectAndAnswerItAsData() {
        assertEquals(Json.createArrayBuilder().add(2).add(3).build(), data("list", "[1,2]"));
        assertEquals(Json.createValue("a!"), data("text", "\"a\""));
        assertEquals(Json.createValue(8), data("number", "7"));
        assertEquals(400, NOBODY.post("/http/router/it/pub.data.number", "\"seven\"").code());
        assertEquals(400, NOBODY.post("/http/router/it/pub.data.list", "[\"a\"]").code());
    }

    private static JsonValue data(String method, String body) {
        return NOBODY.post("/http/router/it/pub.data." + method, body).ok().json().get("data");
    }

    @Test
    void shouldAnswerNothingWithTheUsualShapeAlone() {
        assertEquals(Client.json("code", 0, "msg", ""), NOBODY.call("it/pub.data.nothing").json());
    }

    @Test
    void shouldBringNestedBytesAsBytesOverHttp() {
        JsonObject answer =
                NOBODY.call("it/pub.data.bytes", "in", Client.json("bytes", ONE_TWO)).ok().json();
        assertEquals(TWO_ONE, answer.getJsonArray("out").getJsonObject(0).getJsonObject("bytes"));
    }

    @Test
    void shouldReadTheListFormOfBytesToo() {
        JsonObject listed = Client.json("type", "Buffer", "data", Json.createArrayBuilder().add(1).add(2).build());
        JsonObject answer =
                NOBODY.call("it/pub.data.bytes", "in", Client.json("bytes", listed)).ok().json();
        assertEquals(TWO_ONE, answer.getJsonArray("out").getJsonObject(0).getJsonObject("bytes"));
    }

    @Test
    void shouldBringBytesBothWaysToAPlainClient() {
        try (Socket socket = NOBODY.connect("it/pub.data")) {
            socket.send(Client.json("bytes", ONE_TWO));
            assertEquals(Client.json("bytes", TWO_ONE), socket.value());
            socket.sendBinary(new byte[] {1, 2, 3});
            assertArrayEquals(new byte[] {3, 2, 1}, socket.bytes());
        }
    }

    @Test
    void shouldBringBytesBothWaysInTheSdksDialect() {
        try (Socket socket = NOBODY.connectV1("it/pub.data")) {
            socket.sendV1(Client.json("bytes", ONE_TWO));
            assertEquals(Client.json("bytes", TWO_ONE), socket.data());
            socket.sendBinary(binaryMessage(new byte[] {1, 2, 3}));
            byte[] answer = socket.bytes();
            assertEquals(1, answer[0]);
            int header = (answer[1] & 0xff) << 8 | answer[2] & 0xff;
            byte[] data = java.util.Arrays.copyOfRange(answer, 3 + header, answer.length);
            assertArrayEquals(new byte[] {3, 2, 1}, data);
        }
    }

    private static byte[] binaryMessage(byte[] data) {
        byte[] header = "{\"type\":\"message\",\"id\":1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return java.nio.ByteBuffer.allocate(3 + header.length + data.length)
                .put((byte) 1)
                .putShort((short) header.length)
                .put(header)
                .put(data)
                .array();
    }

    @Test
    void shouldReadTheSdksFramesFromBinaryMessages() {
        try (Socket socket = NOBODY.connectV1("it/pub.data")) {
            socket.sendBinary("{\"type\":\"message\",\"data\":5}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(Json.createValue(5), socket.data());
        }
    }

    @Test
    void shouldTellAClientThatItsMessageDoesNotFit() {
        try (Socket socket = NOBODY.connectV1("it/pub.typed")) {
            socket.send(Client.json("type", "message", "id", 7, "data", Client.json("name", Client.json())));
            JsonObject event = socket.event("error");
            assertEquals(400, event.getJsonObject("err").getInt("code"));
            assertTrue(event.getJsonObject("err").getString("msg").contains("name"));
            assertEquals(7, event.getInt("re"));
            socket.sendV1(Client.json("name", "still here"));
            assertEquals(Json.createValue("still here"), socket.data());
        }
    }

    @Test
    void shouldTakeBytesWhereTheMethodWantsBytesOnly() {
        try (Socket socket = NOBODY.connect("it/pub.bytes")) {
            socket.sendText("{\"no\":\"bytes\"}");
            assertEquals(400, socket.event("error").getJsonObject("err").getInt("code"));
            socket.sendBinary(new byte[] {1, 2});
            assertArrayEquals(new byte[] {2, 1}, socket.bytes());
            socket.send(ONE_TWO);
            assertArrayEquals(new byte[] {2, 1}, socket.bytes());
        }
    }

    @Test
    void shouldCallMainWithoutADot() {
        assertEquals(Json.createValue("main"), NOBODY.call("it/pub.data").ok().json().get("data"));
        assertEquals(Json.createValue("main"), NOBODY.call("it/pub.data.main").ok().json().get("data"));
        assertEquals(404, NOBODY.call("it/pub.bytes").code());
    }

    @Test
    void shouldKeepStateForOneCallOnly() {
        assertEquals(1, NOBODY.call("it/pub.data.count").json().getInt("data"));
        assertEquals(1, NOBODY.call("it/pub.data.count").json().getInt("data"));
    }
}
