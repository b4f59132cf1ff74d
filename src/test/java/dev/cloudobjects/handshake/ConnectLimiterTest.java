package dev.cloudobjects.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.http.LimitExceeded;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConnectLimiterTest {

    private static final String ADDRESS = "192.0.2.1";

    private final Bench bench = new Bench();
    private final Map<String, String> settings = new HashMap<>();

    private ConnectLimiter limiter() {
        return new ConnectLimiter(
                new Settings(name -> Optional.ofNullable(settings.get(name))), bench.sessions, bench.clock, bench.meters);
    }

    private static Caller user(String uid) {
        return new Caller(FakeUsers.of(uid), null, new Caller.Client(null, null, null, null, null, null, ADDRESS));
    }

    private static int refused(Executable request) {
        return assertThrows(LimitExceeded.class, request).code();
    }

    private static void times(int times, Runnable what) {
        for (int i = 0; i < times; i++) {
            what.run();
        }
    }

    @Test
    void shouldLetAUserInAsOftenAsTheRateSays() {
        ConnectLimiter limiter = limiter();
        times(50, () -> limiter.countConnect(user("ann")));
        assertEquals(429, refused(() -> limiter.countConnect(user("ann"))));
        assertEquals(429, refused(() -> limiter.check(user("ann"))));
        assertDoesNotThrow(() -> limiter.countConnect(user("ben")));
        bench.clock.advance(Duration.ofMillis(200));
        assertDoesNotThrow(() -> limiter.check(user("ann")));
        assertDoesNotThrow(() -> limiter.countConnect(user("ann")));
        assertEquals(1, bench.meters.value(Meter.HANDSHAKES_OVER_RATE));
        assertEquals(1, bench.meters.value(Meter.CONNECTS_OVER_RATE));
    }

    @Test
    void shouldNotCountWhoOnlyAsks() {
        ConnectLimiter limiter = limiter();
        times(1_000, () -> limiter.check(user("ann")));
        assertDoesNotThrow(() -> limiter.countConnect(user("ann")));
    }

    @Test
    void shouldCountAllWhoKnock() {
        ConnectLimiter limiter = limiter();
        times(10_000, () -> limiter.countAttempt(ADDRESS));
        assertEquals(503, refused(() -> limiter.countAttempt(ADDRESS)));
        assertEquals(503, refused(() -> limiter.check(Caller.server())));
        assertEquals(1, bench.meters.value(Meter.CONNECTS_OVER_RATE));
        bench.clock.advance(Duration.ofMillis(1));
        assertDoesNotThrow(() -> limiter.countAttempt(ADDRESS));
    }

    @Test
    void shouldCountAddressesOnlyWhereProxiesAreNamed() {
        settings.put("cloudobjects.proxies", "10.0.0.1");
        ConnectLimiter limiter = limiter();
        times(500, () -> limiter.countAttempt(ADDRESS));
        assertEquals(429, refused(() -> limiter.countAttempt(ADDRESS)));
        assertEquals(429, refused(() -> limiter.check(user("ann"))));
        assertDoesNotThrow(() -> limiter.countAttempt("192.0.2.2"));
        assertDoesNotThrow(() -> limiter.countAttempt(null));
    }

    @Test
    void shouldLeaveAllTheRoomWhenSwitchedOff() {
        settings.put("cloudobjects.connects.rate", "0");
        settings.put("cloudobjects.connects.rate-per-user", "0");
        ConnectLimiter limiter = limiter();
        times(100_000, () -> {
            limiter.countAttempt(ADDRESS);
            limiter.countConnect(user("ann"));
        });
    }

    @Test
    void shouldAskWhetherThereIsRoom() {
        ConnectLimiter limiter = limiter();
        Caller nobody = new Caller(Authentication.ANONYMOUS, null, Caller.Client.UNKNOWN);
        assertDoesNotThrow(() -> limiter.countConnect(nobody));
        assertDoesNotThrow(() -> limiter.check(nobody));
        assertEquals(0, bench.meters.value(Meter.CONNECTIONS_CROWDED_OUT));
    }
}
