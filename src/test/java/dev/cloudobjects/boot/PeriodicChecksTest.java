package dev.cloudobjects.boot;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PeriodicChecksTest {

    private final AtomicInteger looks = new AtomicInteger();

    private static void noThread() {
        throw new OutOfMemoryError("unable to create native thread");
    }

    @Test
    void shouldLookAtTheRestWhenOneFails() {
        PeriodicChecks watch = new PeriodicChecks(List.of(
                PeriodicChecksTest::noThread,
                () -> {
                    throw new IllegalStateException("a test");
                },
                looks::incrementAndGet));
        watch.look();
        watch.look();
        assertEquals(2, looks.get());
    }

    @Test
    void shouldGoOnAfterAnErrorOnADaemonThreadOfItsOwn() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        PeriodicChecks watch = new PeriodicChecks(List.of(
                () -> {
                    thread.set(Thread.currentThread());
                    looks.incrementAndGet();
                },
                PeriodicChecksTest::noThread));
        watch.start(Thread::new, Duration.ofMillis(1));
        Awaitility.await().until(() -> looks.get() >= 3);
        assertTrue(thread.get().isDaemon());
        watch.stop();
        Awaitility.await().until(() -> !thread.get().isAlive());
    }

    @Test
    void shouldHaveNothingToStopBeforeItHasStarted() {
        assertDoesNotThrow(new PeriodicChecks(List.of())::stop);
    }
}
