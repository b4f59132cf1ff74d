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

    private ConnectLimiter door() {
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
        ConnectLimiter door = door();
        times(50, () -> door.countConnect(user("ann")));
        assertEquals(429, refused(() -> door.countConnect(user("ann"))));
        assertEquals(429, refused(() -> door.check(user("ann"))));
        assertDoesNotThrow(() -> door.countConnect(user("ben")));
        bench.clock.advance(Duration.ofMillis(200));
        assertDoesNotThrow(() -> door.check(user("ann")));
        assertDoesNotThrow(() -> door.countConnect(user("ann")));
        assertEquals(1, bench.meters.value(Meter.HANDSHAKES_OVER_RATE));
        assertEquals(1, bench.meters.value(Meter.CONNECTS_OVER_RATE));
    }

    @Test
    void shouldNotCountWhoOnlyAsks() {
        ConnectLimiter door = door();
        times(1_000, () -> door.check(user("ann")));
        assertDoesNotThrow(() -> door.countConnect(user("ann")));
    }

    @Test
    void shouldCountAllWhoKnock() {
        ConnectLimiter door = door();
        times(10_000, () -> door.countAttempt(ADDRESS));
        assertEquals(503, refused(() -> door.countAttempt(ADDRESS)));
        assertEquals(503, refused(() -> door.check(Caller.server())));
        assertEquals(1, bench.meters.value(Meter.CONNECTS_OVER_RATE));
        bench.clock.advance(Duration.ofMillis(1));
        assertDoesNotThrow(() -> door.countAttempt(ADDRESS));
    }

    @Test
    void shouldCountAddressesOnlyWhereProxiesAreNamed() {
        settings.put("cloudobjects.proxies", "10.0.0.1");
        ConnectLimiter door = door();
        times(500, () -> door.countAttempt(ADDRESS));
        assertEquals(429, refused(() -> door.countAttempt(ADDRESS)));
        assertEquals(429, refused(() -> door.check(user("ann"))));
        assertDoesNotThrow(() -> door.countAttempt("192.0.2.2"));
        assertDoesNotThrow(() -> door.countAttempt(null));
    }

    @Test
    void shouldLeaveAllTheRoomWhenSwitchedOff() {
        settings.put("cloudobjects.connects.rate", "0");
        settings.put("cloudobjects.connects.rate-per-user", "0");
        ConnectLimiter door = door();
        times(100_000, () -> {
            door.countAttempt(ADDRESS);
            door.countConnect(user("ann"));
        });
    }

    @Test
    void shouldAskWhetherThereIsRoom() {
        ConnectLimiter door = door();
        Caller nobody = new Caller(Authentication.ANONYMOUS, null, Caller.Client.UNKNOWN);
        assertDoesNotThrow(() -> door.countConnect(nobody));
        assertDoesNotThrow(() -> door.check(nobody));
        assertEquals(0, bench.meters.value(Meter.CONNECTIONS_CROWDED_OUT));
    }
}
