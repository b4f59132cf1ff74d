package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.ManualClock;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that can't be read is refused before anybody is asked who it is from. */
class RouterServletTest {

    private final FakeUsers users = new FakeUsers();
    private final RouterServlet servlet = new RouterServlet();

    {
        Settings settings = Settings.defaults();
        servlet.requests = new Requests(settings, users);
        servlet.bodies = new Bodies(settings, new ManualClock(), Bench.JSON, new Meters());
    }

    static Stream<String> malformed() {
        return Stream.of(
                "{",
                "{\"a\":1,\"a\":2}",
                "[".repeat(100_000) + "]".repeat(100_000),
                "{\"a\":" + "1".repeat(1_000_000) + "}",
                "{\"a\":1e99999}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"" + "x".repeat(1_048_576) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void shouldAskNobodyForWhatCannotBeRead(String body) {
        FakeRequest request = new FakeRequest()
                .path("/http/router", "/a/b.c")
                .header("Authorization", "Bearer t-ann")
                .body(body);
        assertThrows(Refused.class, () -> servlet.answer(request.request(), null));
        assertEquals(0, users.questions);
    }
}
