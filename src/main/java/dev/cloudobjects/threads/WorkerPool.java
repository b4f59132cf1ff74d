package dev.cloudobjects.threads;

import dev.cloudobjects.log.Log;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in the order in which they come, on as few threads as keep up with them: a thread that has run a task takes the next one
 * itself. A task that waits does not stop those behind it, because of one rule: while tasks wait, one more thread is on its way, unless
 * all threads are busy. So handing a task over to another thread is what costs, and it is rare when there is much to do.
 *
 * <p>Until it is closed it refuses nothing: a task that finds no thread, because all are busy or the machine has no more, waits for one.
 *
 * <p>Safe for use by many threads; {@link #look} is called by one.
 */
public final class WorkerPool implements Executor, AutoCloseable {

    /** How long a thread goes on while others may wait for a processor: virtual threads take no turns by themselves. */
    private static final long SLICE = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long IDLE = TimeUnit.SECONDS.toNanos(30);

    private final ThreadFactory threads;
    private final int kept;
    private final int most;

    // The monitor guards all fields below. No thread is started, woken or interrupted under it.
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> all = new HashSet<>();
    private boolean coming;
    private boolean closed;

    /** Whether it was told that there are too few threads. */
    private boolean told;

    /**
     * A pool.
     *
     * @param kept so many threads wait for tasks without a time limit, which would cost a timer each time
     * @param most the most threads
     */
    public WorkerPool(ThreadFactory threads, int kept, int most) {
        this.threads = threads;
        this.kept = kept;
        this.most = most;
    }

    /** Runs a task. @throws RejectedExecutionException when the pool is closed */
    @Override
    public void execute(Runnable task) {
        Worker next;
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("the pool is closed");
            }
            tasks.add(task);
            next = summon();
        }
        send(next);
    }

    /**
     * Finds threads for what still waits; called a few times a second. There is more to find than the next thread that is free takes by
     * itself where the machine had none, and has one now.
     */
    public void look() {
        Worker next;
        int waiting;
        int running;
        synchronized (this) {
            waiting = tasks.size();
            next = summon();
            running = all.size();
        }
        send(next);
        boolean few = waiting > 0 && next == null;
        if (few && !told) {
            Log.HANDLERS_BUSY.log(running, waiting);
        }
        told = few;
    }

    /** Interrupts what runs and drops what waits. */
    @Override
    public void close() {
        Set<Worker> running;
        synchronized (this) {
            closed = true;
            tasks.clear();
            idle.clear();
            running = Set.copyOf(all);
        }
        running.forEach(Worker::interrupt);
    }

    /** The thread that is to come for a task that waits; {@code null} when one is on its way, or all are busy. Under the monitor. */
    private @Nullable Worker summon() {
        if (coming || tasks.isEmpty()) {
            return null;
        }
        Worker next = idle.poll();
        if (next == null && all.size() < most) {
            next = new Worker();
            all.add(next);
        }
        coming = next != null;
        return next;
    }

    private void send(@Nullable Worker next) {
        if (next != null) {
            next.come();
        }
    }

    private synchronized void lost(Worker worker) {
        all.remove(worker);
        coming = false;
    }

    /** A thread of the pool. */
    private final class Worker implements Runnable {

        private @Nullable Thread thread;

        /** Whether it is the one that is on its way, or has arrived. Written under the monitor of the pool; read by the thread. */
        private volatile boolean summoned;

        private long sliceEnds;

        /** Starts or wakes the thread. */
        void come() {
            summoned = true;
            Thread own = thread;
            if (own != null) {
                LockSupport.unpark(own);
                return;
            }
            try {
                own = threads.newThread(this);
                thread = own;
                own.start();
            } catch (RuntimeException | OutOfMemoryError e) {
                // The machine has no more threads. The task waits for one that is free, or for the next look.
                lost(this);
            }
        }

        void interrupt() {
            Thread own = thread;
            if (own != null) {
                own.interrupt();
            }
        }

        @Override
        public void run() {
            arrive();
            for (Runnable task = next(); task != null; task = next()) {
                run(task);
            }
        }

        private void arrive() {
            summoned = false;
            sliceEnds = System.nanoTime() + SLICE;
            synchronized (WorkerPool.this) {
                coming = false;
            }
        }

        private void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                Thread own = Thread.currentThread();
                own.getUncaughtExceptionHandler().uncaughtException(own, e);
            }
            if (Thread.interrupted() && isClosed()) {
                Thread.currentThread().interrupt();
            }
        }

        /** The next task, waited for; {@code null} when this thread ends. */
        private @Nullable Runnable next() {
            while (true) {
                Worker other = null;
                Runnable task = null;
                boolean limited;
                synchronized (WorkerPool.this) {
                    if (closed) {
                        all.remove(this);
                        return null;
                    }
                    if (!coming || System.nanoTime() - sliceEnds < 0) {
                        task = tasks.poll();
                    }
                    if (task == null) {
                        idle.push(this);
                    } else {
                        other = summon();
                    }
                    limited = idle.size() > kept;
                }
                if (task != null) {
                    send(other);
                    return task;
                }
                if (!rest(limited)) {
                    return null;
                }
                arrive();
            }
        }

        /** Waits until it is to come; false when it waited for too long, and ends. */
        private boolean rest(boolean limited) {
            long until = System.nanoTime() + IDLE;
            while (!summoned) {
                if (isClosed()) {
                    return true;
                }
                if (limited) {
                    LockSupport.parkNanos(this, until - System.nanoTime());
                } else {
                    LockSupport.park(this);
                }
                Thread.interrupted();
                if (limited && until - System.nanoTime() <= 0) {
                    synchronized (WorkerPool.this) {
                        if (idle.remove(this)) {
                            all.remove(this);
                            return false;
                        }
                    }
                }
            }
            return true;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
