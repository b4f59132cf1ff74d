package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

/** The way of a newcomer: an account, a call, a connection. */
class FirstContactIT extends FromOutside {

    private static final String ECHO = "template/web-socket/pub.echo";
    private static final String CHAT = "template/web-socket/web-socket";

    @Test
    void shouldRegisterAndThenCallWhatRequiresALogin() {
        Client ann = Client.anonymous().register();
        assertFalse(ann.uid().isEmpty());
        ann.call(CHAT + ".test").ok();
    }

    @Test
    void shouldAskForALoginWithoutOne() {
        Reply refused = Client.anonymous().call(CHAT + ".test");
        assertEquals(401, refused.status());
        assertEquals(30204, refused.code());
    }

    @Test
    void shouldEchoToAPlainClient() {
        try (Socket socket = Client.anonymous().register().connect(ECHO)) {
            assertEquals("send me something", socket.object().getString("hello"));
            socket.send(Client.json("n", 1));
            assertEquals(Client.json("n", 1), socket.value());
            socket.sendBinary(new byte[] {0, 1, 2});
            assertArrayEquals(new byte[] {0, 1, 2}, socket.bytes());
            assertEquals(1000, socket.leave().code());
        }
    }

    @Test
    void shouldEchoToTheSdksDialect() {
        try (Socket socket = Client.anonymous().connectV1(ECHO)) {
            assertEquals(Client.V1, socket.subprotocol());
            assertEquals("send me something", socket.data().asJsonObject().getString("hello"));
            socket.sendV1(JsonValue.TRUE);
            assertEquals(JsonValue.TRUE, socket.data());
        }
    }

    @Test
    void shouldRefuseTheHandshakeOfAnUnknownPathWithAStatus() {
        assertEquals(404, Client.anonymous().refusal("no/such/object"));
    }

    @Test
    void shouldRefuseTheHandshakeWithoutALoginWithAStatus() {
        assertEquals(401, Client.anonymous().refusal(CHAT));
    }
}
