package dev.cloudobjects.it.client;

import dev.cloudobjects.noise.NkInitiator;
import dev.cloudobjects.noise.NoiseChannel;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.protocol.ChannelFrames;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted connection, for one test thread, written by the page of the protocol alone. A test gets its messages sealed,
 * to spoil them on their way.
 */
public final class SealedSocket implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket socket;
    private final NoiseChannel channel;

    private SealedSocket(Socket socket, NoiseChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /** One of the server's keys. */
    public record ServerKey(String id, String key, String role) {}

    /** What client and server agree on. */
    public record Terms(String path, String channel, String appid, String ticket) {

        /** Those that an address names. */
        public static Terms of(URI address) {
            Map<String, String> query = query(address);
            return new Terms(
                    address.getRawPath().substring("/ws/".length()),
                    query.getOrDefault("channel", "default"),
                    query.getOrDefault("appid", ""),
                    query.getOrDefault("ticket", ""));
        }

        byte[] prologue() {
            return ChannelFrames.prologue(path, channel, appid, ticket);
        }
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : String.valueOf(address.getRawQuery()).split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    pair.substring(0, Math.max(0, equals)),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** The server's keys, the current one first. */
    public static List<ServerKey> keys() {
        return Client.anonymous().get("/connect/keys").ok().json().getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                .map(key -> new ServerKey(key.getString("id"), key.getString("key"), key.getString("role")))
                .toList();
    }

    /** Opens an address with {@code cloudobjects.v1}, and the channel in it. */
    public static SealedSocket open(Client client, URI address) {
        return open(client.open(address, Client.V1), Terms.of(address), keys().get(0));
    }

    /** Opens the channel in a socket. */
    public static SealedSocket open(Socket socket, Terms terms, ServerKey key) {
        try {
            NkInitiator initiator = greet(socket, terms, key);
            byte[] answer = socket.bytes();
            if (answer[0] != 2) {
                throw new AssertionError("not an answer: " + Arrays.toString(answer));
            }
            byte[] says = Arrays.copyOfRange(answer, 1, answer.length);
            return new SealedSocket(socket, initiator.finish(says).channel());
        } catch (NoiseException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends the handshake, and waits for nothing. */
    public static NkInitiator greet(Socket socket, Terms terms, ServerKey key) {
        try {
            NkInitiator initiator = NkInitiator.start(bytes(key.key()), terms.prologue(), new byte[0], RANDOM);
            byte[] says = initiator.message();
            byte[] id = bytes(key.id());
            socket.sendBinary(
                    ByteBuffer.allocate(1 + id.length + says.length).put((byte) 2).put(id).put(says).array());
            return initiator;
        } catch (NoiseException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    /** Sends the connect frame, and waits until the connection is accepted. */
    public SealedSocket connect(@Nullable JsonObject data) {
        JsonObject connected = send(data == null ? Client.json("type", "connect") : Client.json("type", "connect", "data", data))
                .object();
        if (!connected.getString("type").equals("connected")) {
            throw new AssertionError("not accepted: " + connected);
        }
        return this;
    }

    /** The next message of this client, sealed. */
    public byte[] sealed(byte[] frame) {
        return ChannelFrames.sealed(channel.seal(frame, ChannelFrames.HEADROOM)).toBytes();
    }

    /** The next message of this client, sealed. */
    public byte[] sealed(JsonObject frame) {
        return sealed(frame.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a frame. */
    public SealedSocket send(JsonObject frame) {
        return sendRaw(sealed(frame));
    }

    /** Sends a binary message as it is. */
    public SealedSocket sendRaw(byte[] message) {
        socket.sendBinary(message);
        return this;
    }

    /** The same, unless the server has closed already. */
    public void sendIfOpen(byte[] message) {
        try {
            sendRaw(message);
        } catch (CompletionException e) {
            // What it said before it closed is for the test to look at.
        }
    }

    /** The next frame, opened. */
    public byte[] bytes() {
        byte[] message = socket.bytes();
        if (!ChannelFrames.isSealed(message)) {
            throw new AssertionError("in clear: " + new String(message, StandardCharsets.UTF_8));
        }
        try {
            return channel.open(message, ChannelFrames.HEADROOM);
        } catch (NoiseException e) {
            throw new AssertionError(e);
        }
    }

    /** The next frame, which is JSON. */
    public JsonObject object() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes()))) {
            return reader.readObject();
        }
    }

    /** What it is on. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
