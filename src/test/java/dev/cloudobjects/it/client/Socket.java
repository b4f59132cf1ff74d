package dev.cloudobjects.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket connection, for one test thread. What comes in waits in a queue in the order of its arrival; every
 * method that waits gives up after {@link Client#PATIENCE} and fails the test, saying what came instead.
 */
public final class Socket implements WebSocket.Listener, AutoCloseable {

    /** What came in. */
    public sealed interface Incoming {

        /** A text message. */
        record Text(String text) implements Incoming {}

        /** A binary message. */
        record Binary(byte[] bytes) implements Incoming {}

        /** The end. @param code the close code; 1006 without one */
        record Closed(int code, String reason) implements Incoming {}
    }

    private record Arrival(Incoming what, long millis) {}

    private final BlockingQueue<Arrival> incoming = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private @Nullable WebSocket socket;
    private @Nullable String cid;
    private long arrived;

    void opened(WebSocket opened) {
        this.socket = opened;
    }

    private WebSocket open() {
        if (socket == null) {
            throw new IllegalStateException("the socket is not open");
        }
        return socket;
    }

    // What the test does

    /** Waits for the frame that says the connection is accepted, in either dialect. */
    public Socket accepted() {
        JsonObject frame = object();
        if (frame.containsKey("vkWebSocket")) {
            JsonObject event = frame.getJsonObject("vkWebSocket");
            cid = event.getString("type").equals("connect")
                    ? event.getJsonObject("data").getString("cid")
                    : null;
        } else if (frame.getString("type", "").equals("connected")) {
            cid = frame.getString("cid");
        }
        if (cid == null) {
            throw new AssertionError("not accepted: " + frame);
        }
        return this;
    }

    /** The id of the accepted connection. */
    public String cid() {
        if (cid == null) {
            throw new IllegalStateException("the connection is not accepted yet");
        }
        return cid;
    }

    /** The subprotocol that the server confirmed; empty for none. */
    public String subprotocol() {
        return open().getSubprotocol();
    }

    /** Sends JSON as a text message. */
    public Socket send(JsonValue value) {
        return sendText(value.toString());
    }

    /** Sends data in a v1 message frame. */
    public Socket sendV1(JsonValue data) {
        return send(Client.json("type", "message", "data", data));
    }

    public Socket sendText(String message) {
        open().sendText(message, true).join();
        return this;
    }

    public Socket sendBinary(byte[] message) {
        open().sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** Sends part of a text message. */
    public Socket sendFragment(String part, boolean last) {
        open().sendText(part, last).join();
        return this;
    }

    /** The next thing that comes in, whatever it is. */
    public Incoming next() {
        try {
            Arrival next = incoming.poll(Client.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + Client.PATIENCE);
            }
            arrived = next.millis();
            return next.what();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** When what was read last had come in, in milliseconds since the epoch. */
    public long arrived() {
        return arrived;
    }

    /** The next message, as JSON. */
    public JsonValue value() {
        if (next() instanceof Incoming.Text message) {
            try (JsonReader reader = Json.createReader(new StringReader(message.text()))) {
                return reader.readValue();
            }
        }
        throw new AssertionError("expected a text message");
    }

    /** The next message, as a JSON object. */
    public JsonObject object() {
        Incoming next = next();
        if (next instanceof Incoming.Text message) {
            try (JsonReader reader = Json.createReader(new StringReader(message.text()))) {
                return reader.readObject();
            }
        }
        throw new AssertionError("expected a text message, not " + next);
    }

    /** The data of the next v1 message frame. */
    public JsonValue data() {
        JsonObject frame = object();
        if (!frame.getString("type", "").equals("message")) {
            throw new AssertionError("expected a message, not " + frame);
        }
        return frame.getOrDefault("data", JsonValue.NULL);
    }

    /** The next event of the framework, in either dialect; fails when it is of another type. */
    public JsonObject event(String type) {
        JsonObject frame = object();
        JsonObject event = frame.containsKey("vkWebSocket") ? frame.getJsonObject("vkWebSocket") : frame;
        String named = event.getString("event", event.getString("type", ""));
        if (!named.equals(type)) {
            throw new AssertionError("expected the event " + type + ", not " + frame);
        }
        return event;
    }

    /** The next message, as bytes. */
    public byte[] bytes() {
        Incoming next = next();
        if (next instanceof Incoming.Binary message) {
            return message.bytes();
        }
        throw new AssertionError("expected a binary message, not " + next);
    }

    /** The close, after whatever comes before it. */
    public Incoming.Closed closed() {
        while (true) {
            if (next() instanceof Incoming.Closed closed) {
                return closed;
            }
        }
    }

    /** Closes in order and waits for the server's close. */
    public Incoming.Closed leave() {
        open().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        return closed();
    }

    /** Cuts the connection off without a word. */
    public void kill() {
        open().abort();
    }

    @Override
    public void close() {
        WebSocket opened = open();
        if (opened.isOutputClosed()) {
            opened.abort();
        } else {
            opened.sendClose(WebSocket.NORMAL_CLOSURE, "").handle((done, failed) -> {
                opened.abort();
                return done;
            });
        }
    }

    // What the network does

    private void arrive(Incoming what) {
        incoming.add(new Arrival(what, System.currentTimeMillis()));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            arrive(new Incoming.Text(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            arrive(new Incoming.Binary(binary.toByteArray()));
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        arrive(new Incoming.Closed(code, reason));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        arrive(new Incoming.Closed(1006, String.valueOf(error)));
    }
}
