package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginAttemptLimiterTest {

    private static final String HERE = "192.0.2.1";

    private final AtomicInteger refused = new AtomicInteger();
    private final ManualClock clock = new ManualClock();
    private final LoginAttemptLimiter attempts = new LoginAttemptLimiter(
            new LoginAttemptLimiter.Rule(3, 5, Duration.ofHours(1)), clock::nanos, refused::incrementAndGet);

    private void fail(String username, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertFalse(attempts.locked(username, address), "after " + i);
            assertTrue(attempts.settle(username, address, false), "after " + i);
        }
    }

    @Test
    void shouldLockAnAccountForAnAddress() {
        fail("ann", HERE, 3);
        assertTrue(attempts.locked("ann", HERE));
        assertFalse(attempts.locked("ann", "192.0.2.2"));
        assertFalse(attempts.locked("ben", HERE));
        assertEquals(1, refused.get());
    }

    @Test
    void shouldTellForHowLong() {
        fail("ann", HERE, 2);
        assertEquals(Duration.ZERO, attempts.lockedFor("ann", HERE));
        fail("ann", HERE, 1);
        assertEquals(Duration.ofHours(1), attempts.lockedFor("ann", HERE));
        clock.advance(Duration.ofMinutes(59));
        assertFalse(attempts.settle("ann", HERE, false));
        assertEquals(Duration.ofMinutes(1), attempts.lockedFor("ann", HERE));
        fail("ben", HERE, 2);
        assertEquals(Duration.ofHours(1), attempts.lockedFor("ann", HERE), "of the address, the longer of the two");
        clock.advance(Duration.ofHours(1));
        assertEquals(Duration.ZERO, attempts.lockedFor("ann", HERE));
    }

    @Test
    void shouldLockAnAddressThatTriesManyAccounts() {
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            fail(name, HERE, 1);
        }
        assertTrue(attempts.locked("f", HERE));
        assertFalse(attempts.locked("f", "192.0.2.2"));
    }

    @Test
    void shouldTakeANetworkOfVersionSixForOneAddress() {
        fail("ann", "2001:db8::1", 3);
        assertTrue(attempts.locked("ann", "2001:db8::2"));
    }

    @Test
    void shouldNotForgiveAnAddressForOneGoodLogin() {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            fail(name, HERE, 1);
        }
        assertTrue(attempts.settle("own", HERE, true));
        fail("e", HERE, 1);
        assertTrue(attempts.locked("f", HERE));
    }

    @Test
    void shouldForgiveAnAccountForAGoodLogin() {
        fail("ann", HERE, 2);
        assertTrue(attempts.settle("ann", HERE, true));
        fail("ann", HERE, 2);
    }

    @Test
    void shouldNotAnswerWhatParallelAttemptsHaveLocked() {
        fail("ann", HERE, 3);
        assertFalse(attempts.settle("ann", HERE, true));
    }

    @Test
    void shouldUnlockInTime() {
        fail("ann", HERE, 3);
        clock.advance(Duration.ofHours(1));
        assertFalse(attempts.locked("ann", HERE));
    }

    @Test
    void shouldCountNoAddressWithoutALimit() {
        LoginAttemptLimiter free = new LoginAttemptLimiter(
                new LoginAttemptLimiter.Rule(3, 0, Duration.ofHours(1)), clock::nanos, refused::incrementAndGet);
        for (int i = 0; i < 100; i++) {
            assertTrue(free.settle("name" + i, HERE, false));
        }
        assertFalse(free.locked("another", HERE));
    }
}
