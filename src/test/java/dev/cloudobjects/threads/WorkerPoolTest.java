package dev.cloudobjects.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.session.Stress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private final CountDownLatch hang = new CountDownLatch(1);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final List<String> shortages = new ArrayList<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile boolean exhausted;
    private final WorkerPool pool = new WorkerPool(this::thread, 1, 2, (threads, waiting) -> shortages.add(threads + " threads, " + waiting + " tasks"));

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
            pool.look();
            assertEquals(List.of(), ran);
            assertEquals(List.of("2 threads, 1 tasks"), shortages);
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
            WorkerPool small = new WorkerPool(WorkerPoolTest.this::thread, 4, 4, (threads, waiting) -> {});
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

    @RepeatedTest(20)
    void shouldRunEachTaskOnceUnderManyThreads() throws Exception {
        int each = 500;
        AtomicInteger done = new AtomicInteger();
        Stress.race(new Random(Stress.seed()), Collections.nCopies(4, () -> {
            for (int i = 0; i < each; i++) {
                pool.execute(done::incrementAndGet);
            }
        }));
        // Without a look: no task may depend on it.
        Awaitility.await().until(() -> done.get() == 4 * each);
        assertTrue(started.get() <= 2);
    }

    @Test
    void shouldRunTasksInTheOrderInWhichTheyCome() {
        WorkerPool one = new WorkerPool(this::thread, 1, 1, (threads, waiting) -> {});
        CountDownLatch all = new CountDownLatch(1);
        one.execute(() -> Stress.await(all));
        List<String> names = IntStream.range(0, 1000).mapToObj(String::valueOf).toList();
        names.forEach(name -> one.execute(() -> ran.add(name)));
        all.countDown();
        awaitRan(names.toArray(String[]::new));
        one.close();
    }

    @Test
    void shouldNotLetATaskThatWaitsStopThoseBehindIt() {
        WorkerPool many = new WorkerPool(this::thread, 4, 1000, (threads, waiting) -> {});
        for (int i = 0; i < 100; i++) {
            many.execute(this::hangs);
            many.execute(() -> ran.add("next"));
        }
        Awaitility.await().until(() -> hanging.get() == 100 && ran.size() == 100);
        many.close();
    }

    /** A pool whose threads run only when the test runs them, and whose time stands still. */
    @Nested
    class ByHand {

        private final List<Runnable> threads = new ArrayList<>();
        private final AtomicLong time = new AtomicLong();
        private final WorkerPool byHand =
                new WorkerPool(this::never, 4, 1000, (running, waiting) -> {}, time::get);

        private Thread never(Runnable thread) {
            threads.add(thread);
            return new Thread(() -> {});
        }

        @Test
        void shouldAskForOneThreadAheadOfTheOneThatRuns() {
            IntStream.range(0, 100).forEach(i -> byHand.execute(() -> ran.add("task")));
            byHand.execute(byHand::close);
            assertEquals(1, threads.size());
            threads.get(0).run();
            assertEquals(100, ran.size());
            assertEquals(2, threads.size());
        }

        @Test
        void shouldLeaveTheTasksToTheNextThreadAfterItsSlice() throws Exception {
            byHand.execute(() -> {
                ran.add("first");
                time.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
            });
            byHand.execute(() -> ran.add("second"));
            byHand.execute(byHand::close);
            Thread first = new Thread(threads.get(0));
            first.start();
            Awaitility.await().until(() -> first.getState() == Thread.State.WAITING);
            assertEquals(List.of("first"), ran);
            threads.get(1).run();
            assertEquals(List.of("first", "second"), ran);
            first.interrupt();
            first.join();
        }
    }
}
