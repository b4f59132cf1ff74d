package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Runs tasks at once on threads of their own. */
public final class Stress {

    private Stress() {}

    /** A task of a stress test. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** A seed for a run: the one of {@code -Dstress.seed}, else a new one. */
    public static long seed() {
        return Long.getLong("stress.seed", ThreadLocalRandom.current().nextLong());
    }

    /** Waits for what another thread does, in a task that may throw nothing. */
    public static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts all tasks at a random moment each, within microseconds, and waits for their end. */
    public static void race(RandomGenerator random, List<? extends Task> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (Task task : tasks) {
            int spin = random.nextInt(2000);
            Thread thread = new Thread(() -> {
                try {
                    start.await(20, TimeUnit.SECONDS);
                    for (int i = 0; i < spin; i++) {
                        Thread.onSpinWait();
                    }
                    task.run();
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(20_000);
            assertTrue(!thread.isAlive(), "a task of the race does not end");
        }
        for (Throwable failure : failures) {
            throw new AssertionError("a task of the race failed", failure);
        }
    }
}
