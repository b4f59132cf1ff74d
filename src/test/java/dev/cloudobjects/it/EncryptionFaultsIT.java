package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.SealedSocket;
import dev.cloudobjects.it.client.SealedSocket.ServerKey;
import dev.cloudobjects.it.client.SealedSocket.Terms;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An encrypted connection on a hostile network: it ends, with one code and no detail, and nothing is delivered. */
class EncryptionFaultsIT extends FromOutside {

    private static final String LIFE = "it/pub.life";
    private static final byte[] IN_CLEAR =
            "{\"type\":\"message\",\"data\":{\"say\":\"in clear\"}}".getBytes(StandardCharsets.UTF_8);
    private static final JsonObject MESSAGE = Client.json("type", "message", "data", Client.json("say", "hi"));

    private static final Client STRANGER = Client.anonymous();

    private final Device device = Device.ofNobody();
    private final Client client = device.client();

    private URI address() {
        return client.ticket("url", LIFE, "encrypt", true);
    }

    private SealedSocket connect() {
        return SealedSocket.open(client, address()).connect(null);
    }

    private static void assertFailed(Socket socket) {
        Socket.Incoming next = socket.next();
        assertTrue(next instanceof Socket.Incoming.Closed, () -> "something came ahead of the close: " + next);
        Socket.Incoming.Closed closed = (Socket.Incoming.Closed) next;
        assertEquals("4004 the encrypted channel failed", closed.code() + " " + closed.reason());
    }

    /** So many messages were handled before the faults, and none from then on. */
    private void assertHandled(int messages, int ended) {
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.count("disconnection 4004") >= ended);
        assertEquals(ended, device.count("disconnection"), () -> device.events().toString());
        assertEquals(messages, device.count("message"), () -> device.events().toString());
    }

    @Test
    void shouldEndOnEveryByteThatIsFlipped() {
        int length;
        try (SealedSocket socket = connect()) {
            length = socket.sealed(MESSAGE).length;
            socket.socket().leave();
        }
        for (int i = 0; i < length; i++) {
            try (SealedSocket socket = connect()) {
                byte[] message = socket.sealed(MESSAGE);
                message[i] ^= 1;
                assertFailed(socket.sendRaw(message).socket());
            }
        }
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.count("disconnection") > length);
        assertEquals(length, device.count("disconnection 4004"));
        assertEquals(0, device.count("message"));
    }

    static Stream<Arguments> spoiled() {
        return Stream.of(
                spoiled("repeated", 1, (one, other) -> {
                    byte[] message = one.sealed(MESSAGE);
                    one.sendRaw(message);
                    assertEquals("hi", one.object().getString("data"));
                    one.sendRaw(message);
                }),
                spoiled("in another order", 0, (one, other) -> {
                    byte[] first = one.sealed(MESSAGE);
                    one.sendRaw(one.sealed(MESSAGE)).sendIfOpen(first);
                }),
                spoiled("behind a lost one", 0, (one, other) -> {
                    one.sealed(MESSAGE);
                    one.send(MESSAGE);
                }),
                spoiled("of another connection", 0, (one, other) -> one.sendRaw(other.sealed(MESSAGE))),
                spoiled("in clear", 0, (one, other) -> one.sendRaw(IN_CLEAR)),
                spoiled("in clear, as text", 0, (one, other) ->
                        one.socket().sendText(new String(IN_CLEAR, StandardCharsets.UTF_8))),
                spoiled("cut short", 0, (one, other) -> {
                    byte[] message = one.sealed(MESSAGE);
                    one.sendRaw(Arrays.copyOf(message, message.length - 1));
                }),
                spoiled("longer", 0, (one, other) -> {
                    byte[] message = one.sealed(MESSAGE);
                    one.sendRaw(Arrays.copyOf(message, message.length + 1));
                }),
                spoiled("shorter than a tag", 0, (one, other) -> one.sendRaw(new byte[] {3, 1, 2})),
                spoiled("empty", 0, (one, other) -> one.sendRaw(new byte[0])),
                spoiled("of an unknown kind", 0, (one, other) -> one.sendRaw(new byte[] {4, 1, 2, 3})),
                spoiled("a second handshake", 0, (one, other) -> SealedSocket.greet(
                        one.socket(), new Terms(LIFE, "default", "", ""), SealedSocket.keys().get(0))));
    }

    private static Arguments spoiled(String how, int handled, BiConsumer<SealedSocket, SealedSocket> send) {
        return Arguments.of(how, handled, send);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiled")
    void shouldEndOnAMessage(String how, int handled, BiConsumer<SealedSocket, SealedSocket> send) {
        try (SealedSocket one = connect();
                SealedSocket other = SealedSocket.open(STRANGER, STRANGER.ticket("url", LIFE)).connect(null)) {
            send.accept(one, other);
            assertFailed(one.socket());
        }
        assertHandled(handled, 1);
    }

    @Test
    void shouldRefuseAHandshakeOnOtherTerms() {
        ServerKey key = SealedSocket.keys().get(0);
        URI one = client.ticket("url", LIFE, "encrypt", true, "channel", "red");
        Terms terms = Terms.of(one);
        for (Terms wrong : List.of(
                new Terms("it/pub.managed", terms.channel(), terms.appid(), terms.ticket()),
                new Terms(terms.path(), "blue", terms.appid(), terms.ticket()),
                new Terms(terms.path(), terms.channel(), "other", terms.ticket()),
                new Terms(terms.path(), terms.channel(), terms.appid(), ""),
                new Terms(terms.path(), terms.channel(), terms.appid(), terms.ticket() + "x"))) {
            URI address = client.ticket("url", LIFE, "encrypt", true, "channel", "red");
            String ticket = Terms.of(address).ticket();
            Terms said = new Terms(
                    wrong.path(), wrong.channel(), wrong.appid(), wrong.ticket().replace(terms.ticket(), ticket));
            try (Socket socket = client.open(address, Client.V1)) {
                SealedSocket.greet(socket, said, key);
                assertFailed(socket);
            }
        }
        assertEquals(List.of(), device.events());
    }

    @Test
    void shouldRefuseAHandshakeForAnotherServersKey() {
        List<ServerKey> keys = SealedSocket.keys();
        ServerKey strange = new ServerKey("AAAAAAAAAAA", keys.get(0).key(), "current");
        ServerKey mixed = new ServerKey(keys.get(0).id(), keys.get(1).key(), "current");
        for (ServerKey key : List.of(strange, mixed)) {
            URI address = address();
            try (Socket socket = client.open(address, Client.V1)) {
                SealedSocket.greet(socket, Terms.of(address), key);
                assertFailed(socket);
            }
        }
        assertEquals(List.of(), device.events());
    }

    @Test
    void shouldRefuseAHandshakeThatWasRecorded() {
        URI address = address();
        ServerKey key = SealedSocket.keys().get(0);
        try (Socket socket = client.open(address, Client.V1)) {
            SealedSocket.open(socket, Terms.of(address), key).connect(null);
            // The ticket is spent, so the recording meets another one, which it was not made for.
            try (Socket again = client.open(address(), Client.V1)) {
                SealedSocket.greet(again, Terms.of(address), key);
                assertFailed(again);
            }
        }
    }
}
