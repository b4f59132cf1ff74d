package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.config.Settings;
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

class DoorkeeperTest {

    private static final String ADDRESS = "192.0.2.1";

    private final Bench bench = new Bench();
    private final Map<String, String> settings = new HashMap<>();

    private Doorkeeper door() {
        return new Doorkeeper(
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
        Doorkeeper door = door();
        times(50, () -> door.enter(user("ann")));
        assertEquals(429, refused(() -> door.enter(user("ann"))));
        assertEquals(429, refused(() -> door.welcome(user("ann"))));
        assertDoesNotThrow(() -> door.enter(user("ben")));
        bench.clock.advance(Duration.ofMillis(200));
        assertDoesNotThrow(() -> door.welcome(user("ann")));
        assertDoesNotThrow(() -> door.enter(user("ann")));
        assertEquals(1, bench.meters.value(Meter.HANDSHAKES_OVER_RATE));
        assertEquals(1, bench.meters.value(Meter.CONNECTS_OVER_RATE));
    }

    @Test
    void shouldNotCountWhoOnlyAsks() {
        Doorkeeper door = door();
        times(1_000, () -> door.welcome(user("ann")));
        assertDoesNotThrow(() -> door.enter(user("ann")));
    }

    @Test
    void shouldCountAllWhoKnock() {
        Doorkeeper door = door();
        times(10_000, () -> door.knock(ADDRESS));
        assertEquals(503, refused(() -> door.knock(ADDRESS)));
        assertEquals(503, refused(() -> door.welcome(Caller.server())));
        assertEquals(1, bench.meters.value(Meter.CONNECTS_OVER_RATE));
        bench.clock.advance(Duration.ofMillis(1));
        assertDoesNotThrow(() -> door.knock(ADDRESS));
    }

    @Test
    void shouldCountAddressesOnlyWhereProxiesAreNamed() {
        settings.put("cloudobjects.proxies", "10.0.0.1");
        Doorkeeper door = door();
        times(500, () -> door.knock(ADDRESS));
        assertEquals(429, refused(() -> door.knock(ADDRESS)));
        assertEquals(429, refused(() -> door.welcome(user("ann"))));
        assertDoesNotThrow(() -> door.knock("192.0.2.2"));
        assertDoesNotThrow(() -> door.knock(null));
    }

    @Test
    void shouldLeaveAllTheRoomWhenSwitchedOff() {
        settings.put("cloudobjects.connects.rate", "0");
        settings.put("cloudobjects.connects.rate-per-user", "0");
        Doorkeeper door = door();
        times(100_000, () -> {
            door.knock(ADDRESS);
            door.enter(user("ann"));
        });
    }

    @Test
    void shouldAskWhetherThereIsRoom() {
        Doorkeeper door = door();
        Caller nobody = new Caller(Authentication.ANONYMOUS, null, Caller.Client.UNKNOWN);
        assertDoesNotThrow(() -> door.enter(nobody));
        assertDoesNotThrow(() -> door.welcome(nobody));
        assertEquals(0, bench.meters.value(Meter.CONNECTIONS_CROWDED_OUT));
    }
}
