package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.SealedSocket;
import dev.cloudobjects.it.client.SealedSocket.ServerKey;
import dev.cloudobjects.it.client.SealedSocket.Terms;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The encrypted channel: what it carries, who has to have one, and who can have none. */
class EncryptionIT extends FromOutside {

    private static final String LIFE = "it/pub.life";
    private static final String MANAGED = "it/pub.managed";

    private final Client client = Device.ofNobody().client();

    private SealedSocket connect(Client by, @Nullable Object... wish) {
        return SealedSocket.open(by, by.ticket(wish)).connect(null);
    }

    private static JsonObject say(String what) {
        return Client.json("type", "message", "data", Client.json("say", what));
    }

    private static URI signed(Client client, @Nullable Object... wish) {
        return URI.create(client.call(MANAGED + ".signed", wish).ok().text("url"));
    }

    private static int failed(Socket socket) {
        Socket.Incoming next = socket.next();
        assertTrue(next instanceof Socket.Incoming.Closed, () -> "something came ahead of the close: " + next);
        Socket.Incoming.Closed closed = (Socket.Incoming.Closed) next;
        assertEquals("the encrypted channel failed", closed.reason());
        return closed.code();
    }

    // What it carries

    @Test
    void shouldCarryFramesBothWaysAndShowNothingOfThem() {
        try (SealedSocket socket = connect(client, "url", LIFE, "encrypt", true)) {
            for (int i = 0; i < 5; i++) {
                byte[] message = socket.sealed(say("a secret"));
                assertFalse(new String(message, StandardCharsets.ISO_8859_1).contains("secret"));
                assertEquals("a secret", socket.sendRaw(message).object().getString("data"));
            }
        }
    }

    @Test
    void shouldCarryTheDataOfTheConnectionEvent() {
        URI address = client.ticket("url", LIFE, "encrypt", true);
        try (SealedSocket socket = SealedSocket.open(client, address).connect(Client.json("say", "early"))) {
            assertEquals("early", socket.object().getString("data"));
        }
    }

    @Test
    void shouldCarryBytes() {
        try (SealedSocket socket = connect(client, "url", "it/pub.data", "encrypt", true)) {
            byte[] binary = Base64.getDecoder().decode("AQASeyJ0eXBlIjoibWVzc2FnZSJ9AP9/");
            byte[] reversed = binary.clone();
            reversed[reversed.length - 3] = binary[binary.length - 1];
            reversed[reversed.length - 1] = binary[binary.length - 3];
            assertArrayEquals(reversed, socket.sendRaw(socket.sealed(binary)).bytes());
        }
    }

    @Test
    void shouldCarryErrorsOfMalformedFrames() {
        try (SealedSocket socket = connect(client, "url", LIFE, "encrypt", true)) {
            socket.sendRaw(socket.sealed("{\"type\":".getBytes(StandardCharsets.UTF_8)));
            assertEquals(400, socket.object().getJsonObject("err").getInt("code"));
            assertEquals("on", socket.send(say("on")).object().getString("data"));
        }
    }

    @Test
    void shouldCarryTheLastEvent() {
        Client ann = client.register();
        try (SealedSocket socket = connect(ann, "url", MANAGED, "encrypt", true)) {
            socket.object();
            ann.call(MANAGED + ".forceLogout", "to", Client.json("user", List.of(ann.uid()))).ok();
            assertEquals("forceLogout", socket.object().getString("event"));
            assertEquals(4002, socket.socket().closed().code());
        }
    }

    @Test
    void shouldTakeAMessageUpToTheLimitAndNoMore() {
        int most = 65_536 - say("").toString().length();
        try (SealedSocket socket = connect(client, "url", LIFE, "encrypt", true)) {
            assertEquals(most, socket.send(say("x".repeat(most))).object().getString("data").length());
            socket.send(say("x".repeat(most + 1)));
            assertEquals(1009, socket.socket().closed().code());
        }
    }

    // Who can have one

    @Test
    void shouldOpenWhereTheTicketLeftItOpen() {
        try (SealedSocket socket = connect(client, "url", LIFE)) {
            assertEquals("hi", socket.send(say("hi")).object().getString("data"));
        }
    }

    @Test
    void shouldOpenAtABareAddress() {
        URI bare = URI.create("ws://localhost:" + Integer.getInteger("it.http.port") + "/ws/" + LIFE + "?channel=red");
        try (SealedSocket socket = SealedSocket.open(client, bare).connect(null)) {
            assertEquals("hi", socket.send(say("hi")).object().getString("data"));
        }
    }

    @Test
    void shouldOpenWithoutSubprotocolsWhereTheTicketNamesTheProtocol() {
        URI address = client.ticket("url", LIFE, "encrypt", true, "protocol", Client.V1);
        Socket open = client.open(address, null);
        try (SealedSocket socket = SealedSocket.open(open, Terms.of(address), SealedSocket.keys().get(0)).connect(null)) {
            assertEquals("hi", socket.send(say("hi")).object().getString("data"));
        }
    }

    @Test
    void shouldOpenASignedUrlWithWhatIsBoundInIt() {
        Client known = client.with("vk-appid", "a&b=ü");
        URI address = signed(known, "encrypt", true, "channel", "red & blue");
        assertEquals("red & blue", Terms.of(address).channel());
        assertEquals("a&b=ü".length(), Terms.of(address).appid().length());
        try (SealedSocket socket = SealedSocket.open(Client.anonymous(), address).connect(null)) {
            assertEquals("red & blue", socket.object().getJsonObject("data").getString("channel"));
        }
    }

    @Test
    void shouldOpenWithTheNextKeyAsWell() {
        List<ServerKey> keys = SealedSocket.keys();
        assertEquals(List.of("current", "next"), keys.stream().map(ServerKey::role).toList());
        URI address = client.ticket("url", LIFE, "encrypt", true);
        try (SealedSocket socket =
                SealedSocket.open(client.open(address, Client.V1), Terms.of(address), keys.get(1)).connect(null)) {
            assertEquals("hi", socket.send(say("hi")).object().getString("data"));
        }
    }

    // Who has to have one

    @Test
    void shouldNotOpenInClearWhereItIsDemanded() {
        for (URI address : List.of(client.ticket("url", LIFE, "encrypt", true), signed(client, "encrypt", true))) {
            try (Socket socket = client.open(address, Client.V1)) {
                socket.send(Client.json("type", "connect"));
                assertEquals(4004, failed(socket));
            }
        }
        try (Socket socket = client.open(client.ticket("url", LIFE, "encrypt", true), Client.V1)) {
            socket.sendBinary("{\"type\":\"connect\"}".getBytes(StandardCharsets.UTF_8));
            assertEquals(4004, failed(socket));
        }
    }

    @Test
    void shouldRefuseAPlainClientWhereItIsDemanded() {
        URI address = signed(client, "encrypt", true);
        String path = address.getRawPath().substring("/ws/".length()) + "?" + address.getRawQuery();
        try (Raw raw = Raw.ask(path, Map.of())) {
            assertEquals(403, raw.answer().status());
            assertEquals(403, raw.answer().code());
            assertTrue(raw.answer().body().contains("encrypted channel"), raw.answer().body());
            assertFalse(raw.answer().body().contains("ticket="), raw.answer().body());
        }
    }

    @Test
    void shouldNotTakeADemandForNoneWhenItIsNoBoolean() {
        for (Object demand : List.of("true", 1)) {
            Reply refused = client.post("/connect", Client.json("url", LIFE, "encrypt", demand).toString());
            assertEquals(400, refused.code());
        }
    }

    @Test
    void shouldDropWhatRequiresEncryptionWhereThereIsNone() {
        Device device = Device.ofNobody();
        Client by = device.client();
        String id = String.valueOf(by.headers().get("vk-device-id"));
        try (SealedSocket sealed = connect(by, "url", MANAGED, "encrypt", true);
                Socket clear = by.connectV1(MANAGED)) {
            sealed.object();
            clear.data();
            JsonObject result = by.call(
                            MANAGED + ".sendEncrypted", "to", Client.json("device", List.of(id)), "data", "secret")
                    .ok()
                    .json();
            assertEquals(2, result.getInt("matched"));
            assertEquals(1, result.getInt("queued"));
            assertEquals(1, result.getInt("dropped"));
            assertEquals("secret", sealed.object().getString("data"));
            by.call(MANAGED + ".send", "to", Client.json("device", List.of(id)), "data", "for all").ok();
            assertEquals("for all", sealed.object().getString("data"));
            assertEquals("\"for all\"", clear.data().toString());
        }
    }

    // The keys

    @Test
    void shouldServeItsPublicKeys() {
        for (ServerKey key : SealedSocket.keys()) {
            assertEquals(32, Base64.getUrlDecoder().decode(key.key()).length);
        }
        assertEquals(SealedSocket.keys().size(), client.post("/connect/keys", "{}").json().getJsonArray("keys").size());
        try (Raw raw = Raw.exchange("PUT /connect/keys", Map.of())) {
            assertEquals(405, raw.answer().status());
            assertEquals("GET, POST, OPTIONS", raw.answer().headers().get("allow"));
        }
        assertEquals(403, client.with("Origin", "http://evil.example").get("/connect/keys").code());
    }
}
