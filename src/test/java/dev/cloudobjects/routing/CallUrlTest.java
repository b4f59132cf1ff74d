package dev.cloudobjects.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallUrlTest {

    @ParameterizedTest
    @CsvSource({
        "a/b.send,                                   a/b|send a/b.send|main",
        "template/web-socket/pub.web-socket.send,    template/web-socket/pub.web-socket|send template/web-socket/pub.web-socket.send|main",
        "template/web-socket/pub.web-socket,         template/web-socket/pub.web-socket|main",
        "a/b,                                        a/b|main",
        "a.b/c,                                      a.b/c|main",
        "a/b.1x,                                     a/b.1x|main",
        "a/b._private,                               a/b|_private a/b._private|main",
        "a/b.发送,                                    a/b|发送",
        "a/b.,                                       a/b.|main",
        "a.b.c,                                      a.b|c a.b.c|main",
    })
    void shouldReadTheLastDotFirst(String url, String readings) {
        assertEquals(readings, readings(url));
    }

    @ParameterizedTest
    @CsvSource({"''", "/a.b", "../a.b", "a/../b.c", "a//b.c", "a b.c", "a%2Fb"})
    void shouldReadNothingIntoAMalformedUrl(String url) {
        assertEquals("", readings(url));
    }

    @Test
    void shouldBoundTheNameOfAMethod() {
        assertEquals("a|" + "m".repeat(128) + " a." + "m".repeat(128) + "|main", readings("a." + "m".repeat(128)));
        assertEquals("a." + "m".repeat(129) + "|main", readings("a." + "m".repeat(129)));
    }

    @Test
    void shouldRefuseAMethodThatIsNoIdentifier() {
        ObjectPath path = new ObjectPath("a");
        assertThrows(IllegalArgumentException.class, () -> new CallUrl(path, "a-b"));
        assertThrows(IllegalArgumentException.class, () -> new CallUrl(path, "a\u0000b"));
        assertThrows(IllegalArgumentException.class, () -> new CallUrl(path, ""));
    }

    @Test
    void shouldShowTheUrl() {
        assertEquals("a/b.send", new CallUrl(new ObjectPath("a/b"), "send").toString());
    }

    private static String readings(String url) {
        return String.join(
                " ",
                CallUrl.candidates(url).stream()
                        .map(call -> call.object() + "|" + call.method())
                        .toList());
    }
}
