package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.threads.WorkerPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private final CountDownLatch hang = new CountDownLatch(1);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile boolean exhausted;
    private final WorkerPool pool = new WorkerPool(this::thread, 1, 2);

    /** A thread of a machine that may have no more of them. */
    private Thread thread(Runnable task) {
        if (exhausted) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        started.incrementAndGet();
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((same, thrown) -> ran.add(String.valueOf(thrown.getMessage())));
        return thread;
    }

    @AfterEach
    void close() {
        hang.countDown();
        pool.close();
    }

    private void hangs() {
        hanging.incrementAndGet();
        try {
            assertTrue(hang.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            ran.add("interrupted");
        }
    }

    private void fill() {
        pool.execute(this::hangs);
        pool.execute(this::hangs);
        Awaitility.await().until(() -> hanging.get() == 2);
    }

    private void awaitRan(String... names) {
        Awaitility.await().untilAsserted(() -> assertEquals(List.of(names), ran));
    }

    @Nested
    class Full {

        @Test
        void shouldRunLaterWhatFindsNoThread() {
            fill();
            pool.execute(() -> ran.add("late"));
            pool.look();
            assertEquals(List.of(), ran);
            hang.countDown();
            awaitRan("late");
            assertEquals(2, started.get());
        }

        @Test
        void shouldGoOnBehindATaskThatThrows() {
            fill();
            pool.execute(() -> {
                throw new IllegalStateException("thrown");
            });
            pool.execute(() -> ran.add("next"));
            hang.countDown();
            Awaitility.await().until(() -> ran.containsAll(List.of("thrown", "next")));
        }

        @Test
        void shouldDropWhatWaitsWhenItIsClosed() {
            fill();
            pool.execute(() -> ran.add("never"));
            pool.close();
            awaitRan("interrupted", "interrupted");
            assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> ran.add("never")));
            pool.look();
            assertEquals(2, started.get());
        }
    }

    @Nested
    class WithoutMemoryForThreads {

        @Test
        void shouldTryAgainWhenItLooks() {
            exhausted = true;
            pool.execute(() -> ran.add("a"));
            pool.execute(() -> ran.add("b"));
            pool.look();
            assertEquals(List.of(), ran);
            exhausted = false;
            pool.look();
            Awaitility.await().until(() -> ran.size() == 2);
        }

        @Test
        void shouldTryAgainWithTheNextTask() {
            exhausted = true;
            pool.execute(() -> ran.add("a"));
            exhausted = false;
            pool.execute(() -> ran.add("b"));
            awaitRan("a", "b");
        }

        @Test
        void shouldUseTheThreadsThatItHas() {
            WorkerPool small = new WorkerPool(WorkerPoolTest.this::thread, 4, 4);
            small.execute(() -> ran.add("a"));
            awaitRan("a");
            exhausted = true;
            IntStream.range(0, 100).forEach(i -> small.execute(() -> ran.add("b")));
            Awaitility.await().until(() -> {
                small.look();
                return ran.size() == 101;
            });
            assertEquals(1, started.get());
            small.close();
        }
    }

    @Nested
    class Inboxes {

        private final QueueBudget budget = new QueueBudget(5000);
        private final Inbox inbox = new Inbox(pool, 1000, 5000, budget);

        @Test
        void shouldLoseNoEndNorBytesWhenAllThreadsAreBusy() {
            fill();
            assertTrue(inbox.offer(() -> ran.add("message"), 1000));
            inbox.shut(true);
            inbox.add(() -> ran.add("end"));
            assertEquals(1000, budget.used());
            hang.countDown();
            awaitRan("message", "end");
            assertEquals(0, budget.used());
        }

        @Test
        void shouldGoOnBehindALongRunWhenAllThreadsAreBusy() {
            pool.execute(WorkerPoolTest.this::hangs);
            CountDownLatch full = new CountDownLatch(1);
            inbox.add(() -> Stress.await(full));
            IntStream.range(0, 100).forEach(i -> inbox.offer(() -> ran.add("m"), 1));
            full.countDown();
            Awaitility.await().until(() -> ran.size() == 100);
        }

        @Test
        void shouldGoOnWithoutAHandlerThatHangsWhenAllThreadsAreBusy() {
            CountDownLatch first = new CountDownLatch(1);
            inbox.add(() -> {
                first.countDown();
                hangs();
            });
            Stress.await(first);
            inbox.add(() -> ran.add("end"));
            CountDownLatch other = new CountDownLatch(1);
            pool.execute(() -> Stress.await(other));
            inbox.abandon(inbox.handling());
            assertEquals(List.of(), ran);
            other.countDown();
            awaitRan("end");
        }
    }

    @RepeatedTest(20)
    void shouldRunEachTaskOnceUnderManyThreads() throws Exception {
        int each = 500;
        AtomicInteger done = new AtomicInteger();
        Stress.race(new Random(Stress.seed()), Collections.nCopies(4, () -> {
            for (int i = 0; i < each; i++) {
                pool.execute(done::incrementAndGet);
            }
        }));
        Awaitility.await().until(() -> {
            pool.look();
            return done.get() == 4 * each;
        });
        assertEquals(4 * each, done.get());
    }
}
