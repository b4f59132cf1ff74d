package dev.cloudobjects.it.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.FromOutside;
import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests and frames that a stranger ends early, in each way that there is to end them, or makes so that nobody can read
 * them: what the server's log has of each is one short line at most.
 */
class BrokenOffIT extends FromOutside {

    private static final int SHORT = 300;
    private static final int FIN = 0x80;
    private static final Path LOG =
            Path.of(System.getProperty("it.wlp"), "usr/servers", System.getProperty("it.server"), "logs/messages.log");

    /** What the container says at the first use of a part, and never again. */
    private static final List<String> ONCE = List.of("SRVE0242I", "FFDC1015I", "CWRLS", "WTRN");

    private static final String CALL = "/http/router/it/pub.data.object";
    private static final String JSON = "Content-Type: application/json\n";
    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\n";
    private static final String LONG = JSON + "Content-Length: 100\n";

    /** How a client goes. */
    private enum Leaving {
        CLOSE,
        RESET,
        HALF_CLOSE;

        void leave(Raw raw) {
            switch (this) {
                case CLOSE -> raw.close();
                case RESET -> raw.reset();
                case HALF_CLOSE -> {
                    try (raw) {
                        raw.halfClose().hungUp(Client.PATIENCE);
                    }
                }
            }
        }
    }

    private static Arguments row(String what, Supplier<Raw> begins) {
        return Arguments.of(what, begins);
    }

    private static Arguments bytes(String what, String request) {
        return row(what, () -> Raw.begin(request.replace("\n", "\r\n")));
    }

    private static Arguments post(String what, String path, String headers, String body) {
        return bytes(what, "POST " + path + " HTTP/1.1\nHost: x\n" + headers + "\n" + body);
    }

    private static Arguments socket(String what, String protocol, byte[]... sent) {
        return row(what, () -> {
            Raw raw = Raw.ask("it/pub.life", protocol.isEmpty() ? Map.of() : Map.of("Sec-WebSocket-Protocol", protocol));
            assertTrue(raw.answer().isOpen(), raw.answer().toString());
            return raw.bytes(sent);
        });
    }

    private static byte[] frame(int first, int length, String payload) {
        byte[] text = payload.getBytes(StandardCharsets.ISO_8859_1);
        byte[] head = length < 126
                ? new byte[] {(byte) first, (byte) (FIN | length), 0, 0, 0, 0}
                : new byte[] {(byte) first, (byte) (FIN | 126), (byte) (length >> 8), (byte) length, 0, 0, 0, 0};
        byte[] all = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        return all;
    }

    private static byte[] raw(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return all;
    }

    static Stream<Arguments> beginnings() {
        String upgrade = "GET /ws/it/pub.life HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: Upgrade\n"
                + "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\n\n";
        return Stream.of(
                // Requests
                bytes("nothing", ""),
                bytes("a part of the request line", "POST /http/rou"),
                bytes("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"),
                bytes("no request line", "xyzzy\n\n"),
                bytes("a part of the headers", "POST " + CALL + " HTTP/1.1\nHost: x\nConte"),
                bytes("headers that are none", "GET / HTTP/1.1\nHost: x\n: y\nbad header\u0000\n\n"),
                bytes("headers that are too large", "GET / HTTP/1.1\nHost: x\nA: " + "x".repeat(40_000) + "\n\n"),
                bytes("too many headers", "GET / HTTP/1.1\nHost: x\n" + "A: b\n".repeat(1000) + "\n"),
                bytes("nothing at its address", "GET /nothing/" + "x".repeat(4000) + " HTTP/1.1\nHost: x\n\n"),
                // Bodies
                post("no body", CALL, LONG, ""),
                post("a part of the body", CALL, LONG, "{\"a\":"),
                post("a body that was asked for", CALL, LONG + "Expect: 100-continue\n", ""),
                post("a part of a chunk's length", CALL, CHUNKED, "1"),
                post("a part of a chunk", CALL, CHUNKED, "10\n{\"a\""),
                post("no last chunk", CALL, CHUNKED, "2\n{}\n"),
                post("a chunk's length that is none", CALL, CHUNKED, "zz\n{}\n0\n\n"),
                post("a negative chunk's length", CALL, CHUNKED, "-1\n{}\n0\n\n"),
                post("a huge chunk's length", CALL, CHUNKED, "ffffffffffffffffff\n{}\n0\n\n"),
                post("a length and chunks", CALL, CHUNKED + "Content-Length: 4\n", "2\n{}"),
                post("a length that is too short", CALL, JSON + "Content-Length: 1\n", "{}xxx"),
                post("a length that is none", CALL, JSON + "Content-Length: abc\n", "{}"),
                post("a negative length", CALL, JSON + "Content-Length: -5\n", "{}"),
                post("a huge length", CALL, JSON + "Content-Length: 99999999999999999999\n", "{}"),
                post("an unknown encoding", CALL, JSON + "Transfer-Encoding: nonsense\n", "2\n{}"),
                post("a part of a form", CALL, "Content-Type: application/x-www-form-urlencoded\nContent-Length: 99\n", "a=1&b="),
                post(
                        "a part of an upload",
                        CALL,
                        "Content-Type: multipart/form-data; boundary=x\nContent-Length: 999\n",
                        "--x\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\n\nabc"),
                post("a part of a wish to connect", "/connect", LONG, "{\"url\""),
                post("a part of a login", "/http/router/user/pub/login", LONG, "{\"username\""),
                post("a part of a body for a page", "/index.html", LONG, "{"),
                post("a part of a body for nothing", "/nothing/here", LONG, "{"),
                post("a part of a body for the metrics", "/metrics", LONG, "{"),
                // Answers
                post("a call whose answer nobody reads", CALL, JSON + "Content-Length: 2\n", "{}"),
                bytes("pages that nobody reads", "GET /index.html HTTP/1.1\nHost: x\n\n".repeat(100)),
                bytes("OpenAPI that nobody reads", "GET /openapi HTTP/1.1\nHost: x\n\n".repeat(20)),
                // Handshakes
                bytes("a part of a handshake", upgrade.substring(0, 80)),
                bytes("a handshake whose answer nobody reads", upgrade),
                bytes("a handshake that is refused", upgrade.replace("it/pub.life", "nothing")),
                // Frames
                socket("no frame", ""),
                socket("a part of a frame's header", "", raw(0x81)),
                socket("a part of a frame's mask", "", raw(0x81, 0x85, 0, 0)),
                socket("a part of a frame", "", frame(0x81, 100, "{\"a\"")),
                socket("a fragment", "", frame(0x01, 4, "{\"a\"")),
                socket("two fragments", "", frame(0x01, 4, "{\"a\""), frame(0x00, 1, ":")),
                socket("a frame that is none", "", frame(0xf3, 0, "")),
                socket("a frame without a mask", "", raw(0x81, 0x02, '{', '}')),
                socket("text that is none", "", frame(0x81, 2, "\u00ff\u00ff")),
                socket("a frame that is too large", "", raw(0x81, 0xff, 0, 0, 0, 0, 0x7f, 0, 0, 0, 0, 0, 0, 0)),
                socket("JSON that is none", "", frame(0x81, 1, "{")),
                socket("messages whose answers nobody reads", "", frame(0x81, 15, "{\"say\":\"hello\"}")),
                socket("pings", "", frame(0x89, 1, "x"), frame(0x89, 1, "x")),
                socket("a close", "", frame(0x88, 2, "\u0003\u00e8")),
                socket("a close that is none", "", frame(0x88, 1, "\u0003")),
                socket("no connect frame", Client.V1),
                socket("a connect frame", Client.V1, frame(0x81, 18, "{\"type\":\"connect\"}")),
                socket("another frame first", Client.V1, frame(0x81, 18, "{\"type\":\"message\"}")),
                socket("a part of an encrypted channel's handshake", Client.V1, frame(0x82, 60, "\u0002\u0001abc")),
                socket("a handshake that is none", Client.V1, frame(0x82, 62, "\u0002\u0001" + "a".repeat(60))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beginnings")
    void shouldCostAShortLineAtMost(String what, Supplier<Raw> begins) throws IOException {
        long before = Files.size(LOG);
        int times = 0;
        for (Leaving leaving : Leaving.values()) {
            for (int i = 0; i < 2; i++) {
                leaving.leave(begins.get());
                times++;
            }
        }
        awaitQuiet();
        List<String> lines = written(before);
        assertTrue(lines.size() <= times, () -> what + ": " + lines.size() + " lines\n" + String.join("\n", lines));
        assertEquals(
                List.of(), lines.stream().filter(line -> line.length() > SHORT).toList(), () -> String.join("\n", lines));
    }

    @Test
    void shouldAnswerWhoStillListens() {
        try (Raw raw = Raw.begin(("POST " + CALL + " HTTP/1.1\nHost: x\n" + LONG + "\n{").replace("\n", "\r\n"))) {
            String answer = raw.halfClose().hungUp(Client.PATIENCE);
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
        }
    }

    /** What a request of this thread causes later is there when the log has not grown for a while. */
    private static void awaitQuiet() {
        List<Long> sizes = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(100)).atMost(Client.PATIENCE).until(() -> {
            sizes.add(Files.size(LOG));
            int count = sizes.size();
            return count > 3 && sizes.get(count - 4).equals(sizes.get(count - 1));
        });
    }

    private static List<String> written(long from) throws IOException {
        byte[] bytes = Files.readAllBytes(LOG);
        int start = from > bytes.length ? 0 : (int) from;
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> ONCE.stream().noneMatch(line::contains))
                .toList();
    }
}
