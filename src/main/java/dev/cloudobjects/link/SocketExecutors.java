package dev.cloudobjects.link;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.threads.WorkerPool;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The threads that call sockets. Writes start on {@link #writes}. A close or a ping of a peer that is stalled may never
 * return, so each runs on a thread of its own that may be lost; the number of such threads is limited.
 *
 * <p>Safe for use by many threads; {@link #check} is called by one.
 */
public final class SocketExecutors implements AutoCloseable {

    private final Executor writes;
    private final Executor blocking;
    private final Limited closes;
    private final Limited pings;

    /**
     * On these executors.
     *
     * @param writes runs tasks that do not wait
     * @param blocking runs tasks that may never return
     * @param mostOutstanding the most closes that run at a time, and the most pings
     */
    public SocketExecutors(Executor writes, Executor blocking, int mostOutstanding) {
        this.writes = writes;
        this.blocking = blocking;
        this.closes = new Limited(mostOutstanding);
        this.pings = new Limited(mostOutstanding);
    }

    /** On threads of their own: virtual ones where the JDK has them. */
    public static SocketExecutors ofThreads(int mostOutstanding) {
        return new SocketExecutors(
                Threads.forShortTasks("cloudobjects-send"),
                Threads.forBlockingTasks("cloudobjects-close"),
                mostOutstanding);
    }

    /** Where writes start. */
    public Executor writes() {
        return writes;
    }

    /** Runs a close, which may never return. */
    public void runClose(Runnable close) {
        closes.execute(close);
    }

    /** Runs a ping, which may never return. Closes that do not return do not make pings late. */
    void runPing(Runnable ping) {
        pings.execute(ping);
    }

    /** How many closes and pings run, or will never return. */
    public int outstanding() {
        return closes.outstanding() + pings.outstanding();
    }

    /** Starts threads for writes that found none. Logs when the limit is reached and no close or ping has ended since the check before; called a few times a second. */
    public void check() {
        if (writes instanceof WorkerPool own) {
            own.look();
        }
        for (Limited tasks : List.of(closes, pings)) {
            if (tasks.isStuck()) {
                Log.CLOSES_OUTSTANDING.log(tasks.outstanding());
            }
        }
    }

    @Override
    public void close() {
        if (writes instanceof WorkerPool own) {
            own.close();
        }
        if (blocking instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    /** Tasks that may never return, of which so many run at a time. The monitor guards all fields. */
    private final class Limited {
        private final int most;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int outstanding;

        /** Whether a task has ended since the check before. */
        private boolean moved = true;

        /** Whether it was logged that none had. */
        private boolean told;

        Limited(int most) {
            this.most = most;
        }

        synchronized int outstanding() {
            return outstanding;
        }

        /** Whether tasks wait and none of those that run has ended; true once until one ends. */
        synchronized boolean isStuck() {
            boolean stuck = !waiting.isEmpty() && !moved;
            boolean news = stuck && !told;
            moved = waiting.isEmpty();
            told = stuck;
            return news;
        }

        void execute(Runnable task) {
            synchronized (this) {
                if (outstanding >= most) {
                    waiting.add(task);
                    return;
                }
                outstanding++;
            }
            try {
                blocking.execute(() -> run(task));
            } catch (RuntimeException | Error e) {
                synchronized (this) {
                    outstanding--;
                }
                throw e;
            }
        }

        private void run(Runnable first) {
            Runnable task = first;
            while (task != null) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    Log.CONNECTION_FAULT.log(e, "-", "-", e);
                }
                task = next();
            }
        }

        private synchronized @Nullable Runnable next() {
            moved = true;
            Runnable next = waiting.poll();
            if (next == null) {
                outstanding--;
            }
            return next;
        }
    }
}
