package dev.cloudobjects.socket.servlet;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The same time for each, which one thread keeps for all of them. */
public final class FixedTimeouts implements Timeouts, AutoCloseable {

    private final Duration time;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    /** Timeouts. @param thread its name */
    public FixedTimeouts(String thread, Duration time) {
        this.time = time;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread keeper = new Thread(task, thread);
            keeper.setDaemon(true);
            return keeper;
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing escapes from what ends a connection
    public void begin(Runnable end) {
        waiting.add(end);
        try {
            timer.schedule(() -> over(end), time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            over(end);
        }
    }

    private void over(Runnable end) {
        if (waiting.remove(end)) {
            end.run();
        }
    }

    @Override
    public void end(Runnable end) {
        // The timer finds nothing to end then, which costs less than to look for its task.
        waiting.remove(end);
    }

    /** Waits for nobody any longer. */
    @Override
    public void close() {
        timer.shutdownNow();
        waiting.forEach(this::over);
    }
}
