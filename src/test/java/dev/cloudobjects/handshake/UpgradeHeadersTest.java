package dev.cloudobjects.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.http.FakeRequest;
import dev.cloudobjects.http.Refused;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeHeadersTest {

    private final Map<String, String> headers = new TreeMap<>();
    private String method = "GET";

    @BeforeEach
    void handshake() {
        headers.put("Host", "here");
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    private FakeRequest request() {
        FakeRequest request = new FakeRequest().method(method);
        headers.forEach(request::header);
        return request;
    }

    private void check() {
        UpgradeHeaders.check(request().head());
    }

    private void assertRefused(int code) {
        assertEquals(code, assertThrows(Refused.class, this::check).code());
    }

    @Test
    void shouldTakeAHandshake() {
        assertDoesNotThrow(this::check);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Upgrade | WebSocket",
        "Upgrade | h2c, websocket",
        "Connection | upgrade",
        "Connection | keep-alive, Upgrade",
        "Connection | Upgrade ,keep-alive",
        "Sec-WebSocket-Version | '13 '",
        "Sec-WebSocket-Key | ' dGhlIHNhbXBsZSBub25jZQ==\t'"
    })
    void shouldFindATokenInAnyCaseAndPlace(String header, String value) {
        headers.put(header, value);
        assertDoesNotThrow(this::check);
    }

    @Test
    void shouldFindATokenInASecondHeader() {
        headers.put("Connection", "keep-alive");
        assertDoesNotThrow(() -> UpgradeHeaders.check(request().header("Connection", "Upgrade").head()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Connection | keep-alive | 400",
        "Connection | Upgraded | 400",
        "Connection | '' | 400",
        "Upgrade | h2c | 426",
        "Upgrade | websockets | 426",
        "Sec-WebSocket-Version | 8 | 426",
        "Sec-WebSocket-Key | dGhlIHNhbXBsZQ== | 400",
        "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ | 400",
        "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ=! | 400",
        "Sec-WebSocket-Key | ? | 400"
    })
    void shouldRefuseAnythingElse(String header, String value, int code) {
        headers.put(header, value);
        assertRefused(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "Sec-WebSocket-Key", "Host"})
    void shouldRefuseOneThatLacksIt(String header) {
        headers.remove(header);
        assertRefused(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "Sec-WebSocket-Version"})
    void shouldRefuseOneThatAsksForSomethingElse(String header) {
        headers.remove(header);
        assertRefused(426);
    }

    @ParameterizedTest
    @CsvSource({"Host, 400", "Sec-WebSocket-Key, 400", "Sec-WebSocket-Version, 426"})
    void shouldRefuseOneThatSaysItTwice(String header, int code) {
        FakeRequest twice = request().header(header, headers.get(header));
        assertEquals(code, assertThrows(Refused.class, () -> UpgradeHeaders.check(twice.head())).code());
    }

    @Test
    void shouldRefuseAnOlderProtocol() {
        FakeRequest old = request().protocol("HTTP/1.0");
        assertEquals(400, assertThrows(Refused.class, () -> UpgradeHeaders.check(old.head())).code());
    }

    @Test
    void shouldRefuseABodyWhichWouldBeReadAsFrames() {
        for (FakeRequest one : List.of(request().body("x"), request().chunked().header("Transfer-Encoding", "chunked"))) {
            assertEquals(400, assertThrows(Refused.class, () -> UpgradeHeaders.check(one.head())).code());
        }
    }

    @Test
    void shouldAnswerTheKeyWithoutItsBlanks() {
        headers.put("Sec-WebSocket-Key", " dGhlIHNhbXBsZSBub25jZQ== ");
        assertEquals("dGhlIHNhbXBsZSBub25jZQ==", UpgradeHeaders.key(request().head()));
    }

    @Test
    void shouldRefuseAnotherMethod() {
        method = "POST";
        assertRefused(426);
    }

    @Test
    void shouldReadSubprotocolsOfAllHeaders() {
        headers.put("Sec-WebSocket-Protocol", "a, b");
        assertEquals(
                List.of("a", "b", "c"),
                UpgradeHeaders.subprotocols(request().header("Sec-WebSocket-Protocol", "c").head()));
    }
}
