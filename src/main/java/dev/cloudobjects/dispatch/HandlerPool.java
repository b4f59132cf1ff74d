package dev.cloudobjects.dispatch;

import dev.cloudobjects.log.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that handlers run on. Until it is closed it refuses nothing: a task that finds no thread, because all are
 * busy or the machine has no more, waits for one. The inbox of a session has one task at a time, so no more
 * tasks wait than there are sessions.
 *
 * <p>Safe for use by many threads; {@link #look} is called by one.
 */
public final class HandlerPool implements Executor, AutoCloseable {

    private static final long IDLE_SECONDS = 30;
    private static final Runnable NOTHING = () -> {};

    private final Handover handover = new Handover();
    private final ThreadPoolExecutor pool;

    /** Whether it was told that there are too few threads. */
    private boolean told;

    /**
     * A pool.
     *
     * @param kept so many threads wait for work without a time limit, which would cost a timer for each task
     * @param most the most threads
     */
    public HandlerPool(ThreadFactory threads, int kept, int most) {
        pool = new ThreadPoolExecutor(kept, most, IDLE_SECONDS, TimeUnit.SECONDS, handover, threads, (task, full) -> {
            throw new NoThreadException();
        });
    }

    /** Runs a task. @throws RejectedExecutionException when the pool is closed */
    @Override
    public void execute(Runnable task) {
        if (starts(task)) {
            return;
        }
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the handlers have stopped");
        }
        handover.line.add(task);
    }

    /**
     * Finds threads for what still waits; called a few times a second. There is more to find than the next thread that is
     * free takes by itself: one that became idle just before a task began to wait, or memory that has come back.
     */
    public void look() {
        int waiting = handover.line.size();
        while (waiting > 0 && starts(NOTHING)) {
            waiting--;
        }
        if (waiting > 0 && !told) {
            Log.HANDLERS_BUSY.log(pool.getPoolSize(), waiting);
        }
        told = waiting > 0;
    }

    private boolean starts(Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            // A pool that could not start one more thread may have an idle one.
            return !pool.isShutdown() && handover.offer(task);
        }
    }

    /** Interrupts what runs and drops what waits. */
    @Override
    public void close() {
        pool.shutdownNow();
        handover.line.clear();
    }

    /** Gives tasks to threads that wait for one. Those that found none stand in a line, which comes first. */
    @SuppressWarnings("serial") // Nobody writes it anywhere.
    private static final class Handover extends SynchronousQueue<Runnable> {
        private final Queue<Runnable> line = new ConcurrentLinkedQueue<>();

        @Override
        public Runnable take() throws InterruptedException {
            Runnable first = line.poll();
            return first == null ? super.take() : first;
        }

        @Override
        public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
            Runnable first = line.poll();
            return first == null ? super.poll(timeout, unit) : first;
        }

        @Override
        public boolean isEmpty() {
            return line.isEmpty();
        }
    }

    /** When many handlers hang, this comes once for each message, so it has no trace. */
    private static final class NoThreadException extends RejectedExecutionException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
