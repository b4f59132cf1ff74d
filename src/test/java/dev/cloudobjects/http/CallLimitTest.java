package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLimitTest {

    private static final String ANN = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final String CEM = "192.0.2.3";

    private final Meters meters = new Meters();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "cloudobjects.http.max-calls", "3",
            "cloudobjects.http.max-calls-per-address", "2",
            "cloudobjects.http.max-calls-per-method", "0"));

    private CallLimit limit() {
        return new CallLimit(new Settings(name -> Optional.ofNullable(settings.get(name))), meters);
    }

    private static void assertRefused(int code, CallLimit limit, String address) {
        assertEquals(code, assertThrows(LimitExceeded.class, () -> limit.check(address, "a.b")).code());
        assertEquals(code, assertThrows(LimitExceeded.class, () -> limit.enter(address, "a.b")).code());
    }

    @Test
    void shouldRefuseOneMoreThanThereMayBe() {
        CallLimit limit = limit();
        for (int i = 0; i < 3; i++) {
            limit.check(ANN, "a.b");
            limit.enter(ANN, "a.b");
        }
        assertRefused(503, limit, ANN);
        assertRefused(503, limit, BOB);
        assertEquals(4, meters.value(Meter.CALLS_CROWDED_OUT));
        limit.leave(ANN, "a.b");
        limit.enter(BOB, "a.b");
        assertRefused(503, limit, ANN);
    }

    @Test
    void shouldLeaveRoomForOtherAddressesWhereTheyAreKnown() {
        settings.put("cloudobjects.proxies", "127.0.0.1");
        CallLimit limit = limit();
        limit.enter(ANN, "a.b");
        limit.enter(ANN, "a.b");
        assertRefused(429, limit, ANN);
        limit.enter(BOB, "a.b");
        assertRefused(503, limit, CEM);
        limit.leave(ANN, "a.b");
        limit.enter(ANN, "a.b");
    }

    @Test
    void shouldLeaveRoomForOtherMethods() {
        settings.put("cloudobjects.http.max-calls-per-method", "2");
        CallLimit limit = limit();
        limit.enter(ANN, "a.b");
        limit.enter(BOB, "a.b");
        assertRefused(503, limit, CEM);
        limit.check(CEM, "a.c");
        limit.enter(CEM, "a.c");
        limit.leave(CEM, "a.c");
        limit.leave(BOB, "a.b");
        limit.enter(CEM, "a.b");
    }

    @Test
    void shouldCountNobodyWhoWasRefused() {
        CallLimit limit = limit();
        for (int i = 0; i < 3; i++) {
            limit.enter(ANN, "a.b");
        }
        for (int i = 0; i < 10; i++) {
            assertRefused(503, limit, ANN);
        }
        limit.leave(ANN, "a.b");
        limit.enter(ANN, "a.b");
    }

    @Test
    void shouldHaveNoLimitWithoutOne() {
        settings.put("cloudobjects.http.max-calls", "0");
        CallLimit limit = limit();
        for (int i = 0; i < 10_000; i++) {
            limit.enter(ANN, "a.b");
        }
    }
}
