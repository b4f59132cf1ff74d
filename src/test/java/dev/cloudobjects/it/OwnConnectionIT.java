package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.SealedSocket;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

/** What an event may do with the connection that it came through: reply, keep attributes, ask whether it is encrypted. */
class OwnConnectionIT extends TargetsFixture {

    private static final String OWN = "it/pub.own-connection";

    @Test
    void shouldReplyToTheSenderOnly() {
        try (Socket one = welcomed(of("a"), OWN);
                Socket two = welcomed(of("b"), OWN)) {
            one.send(Client.json("what", "ask"));
            assertEquals(Client.json("encrypted", false, "null", JsonValue.NULL), one.object());
            two.send(Client.json("what", "others"));
            assertEquals(two.cid(), one.object().getString("from"));
            one.send(Client.json("what", "others"));
            assertEquals(one.cid(), two.object().getString("from"), "the sender got its own message");
        }
    }

    @Test
    void shouldHaveNobodyToReplyToOverHttp() {
        assertEquals(500, of("a").call(OWN + ".answer").code());
        assertFalse(of("a").call(OWN + ".encrypted").ok().json().getBoolean("encrypted"));
    }

    @Test
    void shouldKeepAttributesUntilTheDisconnection() {
        Client client = of("a");
        try (Socket other = welcomed(client, OWN)) {
            try (Socket socket = welcomed(client, OWN)) {
                JsonObject seat = Client.json("row", 3);
                JsonObject kept = Client.json("at", "start", "seat", seat);
                socket.send(Client.json("what", "put", "name", "seat", "value", seat));
                assertEquals(kept, socket.object());
                socket.send(Client.json("what", "online"));
                JsonObject online = socket.object();
                assertEquals(kept, online.getJsonObject("attributes"));
                assertEquals(OWN, online.getString("url"));
                socket.leave();
            }
            assertEquals(
                    Client.json("left", Client.json("at", "start", "seat", Client.json("row", 3))), other.object());
        }
    }

    @Test
    void shouldRefuseAttributesBeyondTheLimit() {
        try (Socket socket = welcomed(of("a"), OWN)) {
            socket.send(Client.json("what", "put", "name", "big", "value", Client.json("x", "y".repeat(5000))));
            JsonObject refused = socket.event("error").getJsonObject("err");
            assertEquals(400, refused.getInt("code"));
            assertTrue(refused.getString("msg").startsWith("attributes.big: "), refused.toString());
        }
    }

    @Test
    void shouldTellOfTheEncryptedChannel() {
        Client client = of("a");
        try (SealedSocket socket = SealedSocket.open(client, client.ticket("url", OWN, "encrypt", true)).connect(null)) {
            assertTrue(socket.object().getJsonObject("data").getBoolean("encrypted"));
            socket.send(Client.json("type", "message", "data", Client.json("what", "ask")));
            assertTrue(socket.object().getJsonObject("data").getBoolean("encrypted"));
        }
    }
}
