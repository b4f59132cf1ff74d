package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final AtomicInteger refused = new AtomicInteger();
    private final FairPool pool =
            new FairPool(1, 32, Duration.ofSeconds(3), new Precedence(System::nanoTime), refused::incrementAndGet);
    private final Passwords passwords = new Passwords(new Passwords.Cost(64, 1), pool, new SecureRandom());

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void shouldTellTheRightPassword() {
        String hash = passwords.hash("correct horse", HERE);
        assertTrue(passwords.matches("correct horse", hash, null));
        assertFalse(passwords.matches("wrong horse", hash, HERE));
        assertFalse(passwords.matches("correct horse", null, HERE));
    }

    @Test
    void shouldGiveThePlaceBackOfWhoeverFails() {
        for (int i = 0; i < 100; i++) {
            assertThrows(RuntimeException.class, () -> passwords.hash(null, HERE));
        }
        assertFalse(passwords.matches("correct horse", passwords.hash("wrong horse", HERE), HERE));
        assertEquals(0, refused.get());
    }

    /** With what a hash costs in production. The pool itself refuses whoever has waited for three seconds. */
    @Test
    void shouldCheckInTimeForAnotherAddressWhileOneFloods() throws Exception {
        Passwords real = new Passwords(Passwords.Cost.DEFAULT, pool, new SecureRandom());
        String hash = real.hash("correct horse", THERE);
        ExecutorService flood = Executors.newFixedThreadPool(200);
        // Who is refused comes again with the next check of the other address, and with the end.
        Phaser rounds = new Phaser(1);
        List<Future<?>> sockets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sockets.add(flood.submit(() -> {
                while (!rounds.isTerminated()) {
                    int round = rounds.getPhase();
                    try {
                        real.matches("a guess", hash, HERE);
                    } catch (CloudObjectException e) {
                        assertEquals(Code.TOO_MANY.value(), e.code());
                        assertTrue(e.retryAfter().isPresent());
                        rounds.awaitAdvance(round);
                    }
                }
                return null;
            }));
        }
        while (refused.get() < 200) {
            rounds.arrive();
            Thread.onSpinWait();
        }
        for (int i = 0; i < 5; i++) {
            rounds.arrive();
            assertTrue(real.matches("correct horse", hash, THERE));
        }
        rounds.forceTermination();
        for (Future<?> socket : sockets) {
            socket.get();
        }
        flood.shutdown();
    }
}
