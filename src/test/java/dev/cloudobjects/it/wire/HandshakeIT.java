package dev.cloudobjects.it.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.FromOutside;
import dev.cloudobjects.it.client.Raw;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes as their bytes are: those of RFC 6455, section 4.2.1, and what comes near. */
class HandshakeIT extends FromOutside {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** What RFC 6455 answers to that key. */
    private static final String ANSWER = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final String GOOD = """
            GET /ws/it/pub.life HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: %s

            """.formatted(KEY);

    private static Raw.Answer ask(String request) {
        try (Raw raw = Raw.verbatim(request.replace("\n", "\r\n"))) {
            return raw.answer();
        }
    }

    @Test
    void shouldAnswerTheKey() {
        Raw.Answer answer = ask(GOOD);
        assertEquals(101, answer.status(), answer.body());
        assertEquals(ANSWER, answer.headers().get("sec-websocket-accept"));
    }

    static Stream<Arguments> same() {
        return Stream.of(
                Arguments.of("Version: 13", "Version: 13 \t"),
                Arguments.of(KEY, KEY + " \t "),
                Arguments.of("Connection: Upgrade", "Connection: keep-alive, upgrade"),
                Arguments.of("Upgrade: websocket", "Upgrade: WebSocket"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("same")
    void shouldTakeWhatMeansTheSame(String what, String by) {
        Raw.Answer answer = ask(GOOD.replace(what, by));
        assertEquals(101, answer.status(), answer.body());
        assertEquals(ANSWER, answer.headers().get("sec-websocket-accept"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', value = {
        "HTTP/1.1 | HTTP/1.0 | 400",
        "Host: localhost | X: y | 400",
        "Host: localhost | Host: localhost~Host: elsewhere | 400",
        "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13~Content-Length: 5 | 400",
        "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13~Transfer-Encoding: chunked | 400",
        "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13~Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA== | 400",
        "b25jZQ== | b25jZQ | 400",
        "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8 | 426",
        "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13~Sec-WebSocket-Version: 13 | 426",
        "Upgrade: websocket | Upgrade: h2c | 426"
    })
    void shouldRefuseWhatIsNone(String what, String by, int status) {
        Raw.Answer answer = ask(GOOD.replace(what, by.replace("~", "\n")));
        assertEquals(status, answer.status(), answer.body());
    }

    @Test
    void shouldSayWhatToUpgradeTo() {
        Raw.Answer answer = ask(GOOD.replace("Upgrade: websocket\n", ""));
        assertEquals(426, answer.status());
        assertEquals("websocket", answer.headers().get("upgrade"));
        assertEquals("13", answer.headers().get("sec-websocket-version"));
        assertTrue(answer.headers().getOrDefault("connection", "").contains("Upgrade"), answer.headers().toString());
        assertEquals(426, answer.code());
    }

    @Test
    void shouldCountTheParametersOfItsQuery() {
        try (Raw raw = Raw.ask("it/pub.life?" + "a&".repeat(1000) + "a", Map.of())) {
            assertEquals(400, raw.answer().status());
            assertTrue(raw.answer().body().contains("parameters"), raw.answer().body());
        }
    }
}
