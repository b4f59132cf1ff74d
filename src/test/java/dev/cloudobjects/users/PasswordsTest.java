package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final AtomicInteger refused = new AtomicInteger();
    private final SaltSource salts = new SaltSource();
    private final Passwords passwords =
            new Passwords(new Passwords.Cost(64, 1), new Passwords.Crowd(1, 2), salts, refused::incrementAndGet);

    /** Keeps who draws a salt from it, which is whoever has his turn, for as long as a test likes. */
    private static final class SaltSource extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private transient volatile CountDownLatch open = new CountDownLatch(0);
        private final AtomicInteger drawing = new AtomicInteger();

        @Override
        public void nextBytes(byte[] bytes) {
            drawing.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            super.nextBytes(bytes);
        }
    }

    @Test
    void shouldRefuseAtOnceWhenEnoughWait() throws Exception {
        salts.open = new CountDownLatch(1);
        salts.drawing.set(0);
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<String>> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(pool.submit(() -> passwords.hash("correct horse")));
        }
        // One has his turn, two wait for it: from the first to be refused on, all are in.
        Awaitility.await().until(() -> salts.drawing.get() == 1 && passwords.places() == 0);
        for (int i = 0; i < 100; i++) {
            CloudObjectException no =
                    assertThrows(CloudObjectException.class, () -> passwords.matches("correct horse", null));
            assertEquals(Code.TOO_MANY.value(), no.code());
        }
        assertEquals(100, refused.get());
        salts.open.countDown();
        for (Future<String> hash : taken) {
            assertTrue(passwords.matches("correct horse", hash.get()));
        }
        pool.shutdown();
        assertEquals(100, refused.get());
    }

    @Test
    void shouldGiveThePlaceBackOfWhoeverFails() {
        String hash = passwords.hash("correct horse");
        for (int i = 0; i < 10; i++) {
            assertThrows(RuntimeException.class, () -> passwords.hash(null));
        }
        assertTrue(passwords.matches("correct horse", hash));
        assertFalse(passwords.matches("wrong horse", hash));
        assertEquals(0, refused.get());
    }
}
