package dev.cloudobjects.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that writes its bytes itself: for the answers to a handshake that others hide, and for frames that
 * no other client would send. For one test thread; nothing waits longer than {@link Client#PATIENCE}.
 */
public final class Raw implements AutoCloseable {

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final java.net.Socket socket;
    private final DataInputStream in;
    private Answer answer = new Answer(0, Map.of(), "");

    /**
     * The answer to a handshake.
     *
     * @param headers by lower-case name, the last of each
     * @param body empty when the connection was opened
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        public boolean isOpen() {
            return status == 101;
        }

        /** The code in the body; 0 without one. */
        public int code() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject().getInt("code", 0);
            }
        }
    }

    /**
     * A frame from the server, or the end.
     *
     * @param opcode 1 text, 2 binary, 8 close, 9 ping, 10 pong; -1 when the socket ended without a close frame
     */
    public record Frame(int opcode, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The close code; 1006 without one. */
        public int closeCode() {
            return opcode == CLOSE && payload.length >= 2 ? ByteBuffer.wrap(payload).getShort() & 0xffff : 1006;
        }
    }

    private Raw() throws IOException {
        this(Integer.getInteger("it.http.port"));
    }

    private Raw(int port) throws IOException {
        this.socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setSoTimeout((int) Client.PATIENCE.toMillis());
        this.socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Asks to connect to {@code /ws/<path and query>} with headers, and waits for the answer only. */
    public static Raw ask(String path, Map<String, String> headers) {
        try {
            Raw raw = new Raw();
            raw.handshake("/ws/" + path, headers);
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same at a server of the test's own. */
    public static Raw ask(int port, String path, Map<String, String> headers) {
        try {
            Raw raw = new Raw(port);
            raw.handshake("/ws/" + path, headers);
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a conversation at a server of the test's own, and waits for nothing. */
    public static Raw begin(int port, String text) {
        try {
            return new Raw(port).bytes(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same at the server of the tests. */
    public static Raw begin(String text) {
        return begin(Integer.getInteger("it.http.port"), text);
    }

    /** Sends a request exactly as it is written, and waits for the answer. */
    public static Raw verbatim(String request) {
        try {
            Raw raw = new Raw();
            raw.write(request.getBytes(StandardCharsets.ISO_8859_1));
            raw.answered(request.startsWith("HEAD "));
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts a body to a path that is sent as it is written, and waits for the answer. */
    public static Raw post(String path, Map<String, String> headers, String body) {
        return post(Integer.getInteger("it.http.port"), path, headers, body);
    }

    /** The same at a server of the test's own. */
    public static Raw post(int port, String path, Map<String, String> headers, String body) {
        try {
            Raw raw = new Raw(port);
            Map<String, String> all = new LinkedHashMap<>();
            all.put("Content-Type", "application/json");
            all.put("Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
            all.putAll(headers);
            raw.exchange("POST " + path, all, body);
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request line and headers, and waits for the answer. */
    public static Raw exchange(String what, Map<String, String> headers) {
        return exchange(Integer.getInteger("it.http.port"), what, headers);
    }

    /** The same at a server of the test's own. */
    public static Raw exchange(int port, String what, Map<String, String> headers) {
        try {
            Raw raw = new Raw(port);
            raw.exchange(what, headers, "");
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a public object as a plain client, and waits until it is accepted. */
    public static Raw connect(String path) {
        Raw raw = ask(path, Map.of());
        if (!raw.answer().isOpen()) {
            throw new AssertionError(path + " answered " + raw.answer());
        }
        raw.object();
        return raw;
    }

    private void handshake(String target, Map<String, String> headers) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Upgrade", "websocket");
        all.put("Connection", "Upgrade");
        all.put("Sec-WebSocket-Version", "13");
        all.put("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
        all.putAll(headers);
        exchange("GET " + target, all, "");
    }

    private void exchange(String what, Map<String, String> headers, String sent) throws IOException {
        StringBuilder request = new StringBuilder(what + " HTTP/1.1\r\n");
        if (!headers.containsKey("Host")) {
            request.append("Host: localhost:").append(socket.getPort()).append("\r\n");
        }
        headers.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        write((request + "\r\n" + sent).getBytes(StandardCharsets.UTF_8));
        answered(what.startsWith("HEAD "));
    }

    private void answered(boolean toHead) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> answered = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            answered.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        boolean bodiless = status == 101 || status == 304 || toHead;
        byte[] body = new byte[bodiless ? 0 : Integer.parseInt(answered.getOrDefault("content-length", "0"))];
        in.readFully(body);
        answer = new Answer(status, answered, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed before it answered");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** What the server answered to the handshake. */
    public Answer answer() {
        return answer;
    }

    /** Answers a ping. */
    public Raw pong(Frame ping) {
        return frame(FIN | PONG, ping.payload());
    }

    /** Sends a message in one frame. */
    public Raw text(String text) {
        return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a masked frame with any first byte: FIN, reserved bits, opcode. */
    public Raw frame(int first, byte[] payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        return bytes(head(first, MASKED, payload.length), MASK, masked);
    }

    /** Sends a frame without a mask, which no client may. */
    public Raw unmasked(int first, byte[] payload) {
        return bytes(head(first, 0, payload.length), payload);
    }

    private static byte[] head(int first, int mask, int length) {
        if (length < 126) {
            return new byte[] {(byte) first, (byte) (mask | length)};
        }
        if (length < 65536) {
            return ByteBuffer.allocate(4).put((byte) first).put((byte) (mask | 126)).putShort((short) length).array();
        }
        return ByteBuffer.allocate(10).put((byte) first).put((byte) (mask | 127)).putLong(length).array();
    }

    /** Sends bytes as they are. A server that has hung up already is no failure: the test asks how it ended. */
    public Raw bytes(byte[]... parts) {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(part);
            }
            write(all.toByteArray());
        } catch (SocketException e) {
            // Read what it said before.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next frame. */
    public Frame next() {
        try {
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[Math.toIntExact(length)];
            in.readFully(payload);
            return new Frame(first & 0x0f, payload);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came within " + Client.PATIENCE, e);
        } catch (IOException e) {
            return new Frame(-1, new byte[0]);
        }
    }

    /** The next frame, which must be a JSON object. */
    public JsonObject object() {
        Frame frame = next();
        if (frame.opcode() != TEXT) {
            throw new AssertionError("expected a text frame, not " + frame + " " + frame.closeCode());
        }
        try (JsonReader reader = Json.createReader(new StringReader(frame.text()))) {
            return reader.readObject();
        }
    }

    /** Waits so long for what comes next. */
    public Raw patient(Duration patience) {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            return this;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server hangs up, and gives all that it said before, as text. */
    public String hungUp(Duration patience) {
        patient(patience);
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server did not hang up within " + patience, e);
        } catch (IOException e) {
            return "";
        }
    }

    /** The code of the close, after whatever comes before it; 1006 without one. */
    public int closed() {
        @Nullable Frame frame = next();
        while (frame.opcode() != CLOSE && frame.opcode() != -1) {
            frame = next();
        }
        return frame.closeCode();
    }

    /** Sends nothing any more, and goes on to read. */
    public Raw halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The server has hung up already.
        }
        return this;
    }

    /** Hangs up without a word: what was not sent or read is lost. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Whether nothing follows, and that is known within a second. */
    public boolean isOver() {
        patient(Duration.ofSeconds(1));
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
