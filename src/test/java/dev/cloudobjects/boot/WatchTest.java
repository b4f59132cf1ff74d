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

class WatchTest {

    private final AtomicInteger looks = new AtomicInteger();

    private static void noThread() {
        throw new OutOfMemoryError("unable to create native thread");
    }

    @Test
    void shouldLookAtTheRestWhenOneFails() {
        Watch watch = new Watch(List.of(
                WatchTest::noThread,
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
        Watch watch = new Watch(List.of(
                () -> {
                    thread.set(Thread.currentThread());
                    looks.incrementAndGet();
                },
                WatchTest::noThread));
        watch.start(Thread::new, Duration.ofMillis(1));
        Awaitility.await().until(() -> looks.get() >= 3);
        assertTrue(thread.get().isDaemon());
        watch.stop();
        Awaitility.await().until(() -> !thread.get().isAlive());
    }

    @Test
    void shouldHaveNothingToStopBeforeItHasStarted() {
        assertDoesNotThrow(new Watch(List.of())::stop);
    }
}
