package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.ClockFault;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The user centre while the time of day is set. */
public final class UsersClockFaults {

    private UsersClockFaults() {}

    /** All of them. */
    public static List<ClockFault> all() {
        return List.of(
                new ClockFault(UserCache.class, "what was read is kept for its age", UsersClockFaults::cache),
                new ClockFault(LoginAttemptLimiter.class, "a lock lasts as long as it says", UsersClockFaults::lock),
                new ClockFault(UserCentreIdentityProvider.class, "a login stays good", UsersClockFaults::identity),
                new ClockFault(LoginSessionService.class, "sessions stay and are renewed once", UsersClockFaults::session),
                new ClockFault(UserCentre.class, "who registers can log in", UsersClockFaults::registration));
    }

    private static void cache(ManualClock clock, Runnable set) {
        Map<String, Integer> stored = new HashMap<>(Map.of("ann", 1));
        UserCache<Integer> cache = new UserCache<>(
                Duration.ofSeconds(2), clock::nanos, uid -> Optional.ofNullable(stored.get(uid)), uids -> Map.copyOf(stored));
        assertEquals(Optional.of(1), cache.find("ann"));
        stored.put("ann", 2);
        set.run();
        assertEquals(Optional.of(1), cache.find("ann"));
        clock.advance(Duration.ofSeconds(2));
        assertEquals(Optional.of(2), cache.find("ann"));
        stored.put("ann", 3);
        set.run();
        clock.advance(Duration.ofSeconds(2));
        assertEquals(Optional.of(3), cache.find("ann"));
    }

    private static void lock(ManualClock clock, Runnable set) {
        LoginAttemptLimiter attempts =
                new LoginAttemptLimiter(new LoginAttemptLimiter.Rule(1, 0, Duration.ofMinutes(10)), clock::nanos, () -> {});
        attempts.settle("ann", "192.0.2.1", false);
        set.run();
        clock.advance(Duration.ofMinutes(9));
        assertTrue(attempts.locked("ann", "192.0.2.1"));
        assertEquals(Duration.ofMinutes(1), attempts.lockedFor("ann", "192.0.2.1"));
        set.run();
        assertTrue(attempts.locked("ann", "192.0.2.1"));
        clock.advance(Duration.ofMinutes(1));
        assertFalse(attempts.locked("ann", "192.0.2.1"));
    }

    private static void identity(ManualClock clock, Runnable set) {
        Centre centre = new Centre(new MemoryAccounts(), Centre.POLICY, clock);
        centre.register("alice");
        String token = centre.token("alice");
        Login login = centre.accepted(token);
        set.run();
        assertEquals(login, centre.accepted(token));
        assertInstanceOf(Authentication.Authenticated.class, centre.identities.revalidate(login));
        set.run();
        assertEquals(login, centre.accepted(token));
        // Its time is counted by who has the connection.
        clock.advance(Centre.POLICY.life());
        assertInstanceOf(Authentication.Authenticated.class, centre.identities.revalidate(login));
    }

    private static void session(ManualClock clock, Runnable set) {
        Centre centre = new Centre(new MemoryAccounts(), Centre.POLICY, clock);
        centre.register("alice");
        String first = centre.token("alice");
        set.run();
        String second = centre.token("alice");
        centre.accepted(first);
        set.run();
        clock.advance(Centre.POLICY.life().minus(ClockFault.HOUR).minusMinutes(10));
        Login login = centre.accepted(second);
        Optional<String> renewed = centre.identities.renewIfDue(login).map(token -> token.token());
        assertEquals(renewed, centre.identities.renewIfDue(login).map(token -> token.token()));
        centre.accepted(second);
        renewed.ifPresent(centre::accepted);
    }

    private static void registration(ManualClock clock, Runnable set) {
        Centre centre = new Centre(new MemoryAccounts(), Centre.POLICY, clock);
        set.run();
        centre.register("alice");
        centre.accepted(centre.token("alice"));
        set.run();
        centre.accepted(centre.token("alice"));
    }
}
