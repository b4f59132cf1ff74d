package dev.cloudobjects.threads;

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
import java.util.function.LongSupplier;
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
    private final Shortage shortage;
    private final LongSupplier nanos;

    /** Whether a shortage was noticed. Used by whoever looks. */
    private boolean told;

    // The monitor guards all fields below. No thread is started, woken or interrupted under it.
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> all = new HashSet<>();

    /** A thread is on its way: started or woken, and without a task yet. */
    private boolean coming;

    private boolean closed;

    /**
     * A pool.
     *
     * @param kept so many threads wait for tasks without a time limit, which would cost a timer each time
     * @param most the most threads
     * @param shortage told when a look has found no thread for tasks that wait, once until there is one
     */
    public WorkerPool(ThreadFactory threads, int kept, int most, Shortage shortage) {
        this(threads, kept, most, shortage, System::nanoTime);
    }

    WorkerPool(ThreadFactory threads, int kept, int most, Shortage shortage, LongSupplier nanos) {
        this.threads = threads;
        this.nanos = nanos;
        this.kept = kept;
        this.most = most;
        this.shortage = shortage;
    }

    /** Is told that there are too few threads. */
    @FunctionalInterface
    public interface Shortage {
        /** @param threads how many there are, all busy @param waiting how many tasks wait */
        void noticed(int threads, int waiting);
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
        synchronized (this) {
            next = summon();
        }
        send(next);
        int waiting;
        int running;
        synchronized (this) {
            waiting = coming ? 0 : tasks.size();
            running = all.size();
        }
        if (waiting > 0 && !told) {
            shortage.noticed(running, waiting);
        }
        told = waiting > 0;
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
        if (next != null) {
            coming = true;
            next.summoned = true;
        }
        return next;
    }

    private static void send(@Nullable Worker next) {
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

        /** Whether it is on its way. Set under the monitor of the pool, where nobody else is; and cleared under it. */
        private volatile boolean summoned;

        // Used by the thread, under the monitor of the pool or not.

        /** When others have their turn. */
        private long sliceEnds;

        /** The thread that is to come after it. */
        private @Nullable Worker ahead;

        /** Whether it waits for tasks no longer than the time limit. */
        private boolean limited;

        /** Starts or wakes the thread. */
        void come() {
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
            for (Runnable task = next(); task != null; task = next()) {
                run(task);
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
            Runnable task = take(this);
            while (task == null) {
                if (!rest()) {
                    return null;
                }
                task = take(this);
            }
            send(ahead);
            return task;
        }

        /** Waits until this thread is summoned; false when it ends: the pool is closed, or it waited for too long. */
        private boolean rest() {
            long until = nanos.getAsLong() + IDLE;
            while (!isClosed()) {
                if (summoned) {
                    return true;
                }
                if (limited) {
                    LockSupport.parkNanos(this, until - nanos.getAsLong());
                } else {
                    LockSupport.park(this);
                }
                // An interrupt would let no further park wait.
                Thread.interrupted();
                if (limited && nanos.getAsLong() - until >= 0 && leave(this)) {
                    return false;
                }
            }
            return false;
        }
    }

    /** A task for a thread that is free; {@code null} when there is none for it, so that it is idle, and when the pool is closed. */
    private synchronized @Nullable Runnable take(Worker free) {
        if (closed) {
            return null;
        }
        if (free.summoned) {
            free.summoned = false;
            free.sliceEnds = nanos.getAsLong() + SLICE;
            coming = false;
        }
        // At the end of its slice a thread leaves the tasks to the one that is on its way.
        Runnable task = coming && nanos.getAsLong() - free.sliceEnds >= 0 ? null : tasks.poll();
        if (task == null) {
            idle.push(free);
            free.limited = idle.size() > kept;
        } else {
            free.ahead = summon();
        }
        return task;
    }

    /** Lets an idle thread end; false when it was summoned by now. */
    private synchronized boolean leave(Worker free) {
        return idle.remove(free) && all.remove(free);
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
