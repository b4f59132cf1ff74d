package dev.cloudobjects.session;

import dev.cloudobjects.log.Log;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The threads that touch sockets. Writes are started on {@link #sending}; what may never return, such as a close or a
 * ping to a peer that is stalled, runs on a thread of its own that can be lost, so many at a time and no more.
 */
public final class Lanes implements AutoCloseable {

    private final Executor sending;
    private final Executor disposable;
    private final Disposal closes;
    private final Disposal pings;

    /**
     * Lanes on these executors.
     *
     * @param mostOutstanding the most threads that may be lost at a time to closes, and as many to pings
     */
    public Lanes(Executor sending, Executor disposable, int mostOutstanding) {
        this.sending = sending;
        this.disposable = disposable;
        this.closes = new Disposal(mostOutstanding);
        this.pings = new Disposal(mostOutstanding);
    }

    /** Lanes on threads of their own: virtual ones where the JDK has them. */
    public static Lanes ofThreads(int mostOutstanding) {
        return new Lanes(
                Threads.forShortTasks("cloudobjects-send"),
                Threads.forBlockingTasks("cloudobjects-close"),
                mostOutstanding);
    }

    /** Where writes are started. */
    public Executor sending() {
        return sending;
    }

    /** Runs a close, which may never return. */
    public void dispose(Runnable close) {
        closes.execute(close);
    }

    /** Runs a ping, which may never return either. Many closes that hang must not make pings late. */
    void ping(Runnable ping) {
        pings.execute(ping);
    }

    /** How many such threads are busy, or lost. */
    public int outstanding() {
        return closes.outstanding() + pings.outstanding();
    }

    /** Tells when none of the many has ended since it looked last; called a few times a second. */
    public void look() {
        for (Disposal lane : List.of(closes, pings)) {
            if (lane.isStuck()) {
                Log.CLOSES_OUTSTANDING.log(lane.outstanding());
            }
        }
    }

    @Override
    public void close() {
        if (sending instanceof ExecutorService own) {
            own.shutdownNow();
        }
        if (disposable instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    /** Tasks that may never return, so many at a time. */
    private final class Disposal {
        private final int most;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int outstanding;

        /** Whether one has ended since somebody looked, and whether it was told that none had. */
        private boolean moved = true;

        private boolean told;

        Disposal(int most) {
            this.most = most;
        }

        synchronized int outstanding() {
            return outstanding;
        }

        /** Whether the others wait in vain, if that is news. */
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
                disposable.execute(() -> run(task));
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
