package dev.cloudobjects.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static void shouldBeRefused(Key<?> key, String text) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> key.parse(text));
        String start = key.name() + " = '" + text + "' is not valid: expected " + key.kind();
        assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    }

    @Nested
    class PublicUrl {

        @ParameterizedTest
        @CsvSource({
            "https://chat.example, https://chat.example",
            "https://chat.example/, https://chat.example",
            "HTTPS://Chat.Example:443, https://chat.example",
            "http://chat.example:80/, http://chat.example",
            "http://my_host:9080, http://my_host:9080",
            "http://[2001:DB8::1]:8080, http://[2001:db8::1]:8080",
            "https://chat.example/Cloud-Objects, https://chat.example/Cloud-Objects",
            "https://chat.example:8443/a/b/, https://chat.example:8443/a/b",
            "'', ''"
        })
        void shouldBeAnAddressWithOrWithoutAPath(String text, String address) {
            assertEquals(address, Keys.PUBLIC_URL.parse(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "chat.example", "//chat.example", "https://", "https:chat.example", "https:///a", "wss://chat.example",
            "https://chat.example//", "https://chat.example/a?b", "https://chat.example#a", "https://ann@chat.example",
            "https://chat.example:", "https://chat.example:70000", "https://chat.example:x", "https://a b", "http://\u754c.example"
        })
        void shouldBeNothingElse(String text) {
            shouldBeRefused(Keys.PUBLIC_URL, text);
        }
    }

    @Nested
    class Origins {

        @Test
        void shouldBeWhatABrowserSends() {
            assertEquals(List.of(), Keys.ORIGINS.parse(""));
            assertEquals(
                    List.of("https://a.example", "https://b.example", "http://localhost:3000", "capacitor://localhost"),
                    Keys.ORIGINS.parse("https://a.example/ , HTTPS://B.example:443, http://localhost:3000,capacitor://localhost"));
        }

        @ParameterizedTest
        @ValueSource(strings = {
            "a.example", "*", "null", "https://*.a.example", "https://a.example/page", "https://a.example//",
            "https://a.example https://b.example", "https://a.example,b.example", "https://a.example:99999"
        })
        void shouldBeNothingElse(String text) {
            shouldBeRefused(Keys.ORIGINS, text);
        }
    }

    @Test
    void shouldReadTheOtherKinds() {
        assertEquals(Duration.ofHours(2), Keys.TOKEN_LIFE.parse(" PT2H "));
        assertEquals(0, Keys.CONNECTIONS_MAX.parse("0"));
        assertEquals(3_000_000_000L, Keys.QUEUE_TOTAL_BYTES.parse("3000000000"));
        assertEquals(Transport.SERVLET, Keys.TRANSPORT.parse("servlet"));
        assertEquals("websocket or servlet", Keys.TRANSPORT.kind());
        assertEquals(List.of("a", "b"), Keys.TRUSTED_PROXIES.parse("a,, b ,"));
        assertEquals(true, Keys.DEMO.parse("true"));
    }

    @Test
    void shouldRefuseWhatIsNotOfItsKind() {
        shouldBeRefused(Keys.TOKEN_LIFE, "2h");
        shouldBeRefused(Keys.TOKEN_LIFE, "PT0S");
        shouldBeRefused(Keys.CONNECTIONS_MAX, "-1");
        shouldBeRefused(Keys.JSON_MAX_DEPTH, "0");
        shouldBeRefused(Keys.QUEUE_TOTAL_BYTES, "many");
        shouldBeRefused(Keys.TRANSPORT, "SERVLET");
        shouldBeRefused(Keys.DEMO, "yes");
    }

    @Nested
    class Bytes {

        @ParameterizedTest
        @CsvSource({"1, 1", "65536, 65536", "1073741824, 1073741824"})
        void shouldBeAWholeNumber(String text, int value) {
            assertEquals(value, Keys.MESSAGE_MAX_BYTES.parse(text));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "1073741825", "2147483647", "2147483648", "1e6", "64k"})
        void shouldLeaveRoomForWhatIsAdded(String text) {
            for (Key<?> key : List.of(Keys.MESSAGE_MAX_BYTES, Keys.HTTP_MAX_BODY, Keys.INBOX_MAX_BYTES, Keys.QUEUE_MAX_BYTES)) {
                shouldBeRefused(key, text);
            }
        }
    }
}
