package dev.cloudobjects.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The same time for each, which one thread keeps for all of them. */
final class ClosePatience implements Patience, AutoCloseable {

    private static final Future<?> NOT_YET = new FutureTask<>(() -> null);

    private final Duration time;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Runnable, Future<?>> waiting = new ConcurrentHashMap<>();

    /** Patience. @param thread its name */
    ClosePatience(String thread, Duration time) {
        this.time = time;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread keeper = new Thread(task, thread);
            keeper.setDaemon(true);
            return keeper;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void begin(Runnable end) {
        waiting.put(end, NOT_YET);
        try {
            Future<?> over = timer.schedule(() -> over(end), time.toNanos(), TimeUnit.NANOSECONDS);
            if (!waiting.replace(end, NOT_YET, over)) {
                over.cancel(false);
            }
        } catch (RejectedExecutionException e) {
            over(end);
        }
    }

    private void over(Runnable end) {
        if (waiting.remove(end) != null) {
            end.run();
        }
    }

    @Override
    public void end(Runnable end) {
        Future<?> over = waiting.remove(end);
        if (over != null) {
            over.cancel(false);
        }
    }

    /** Waits for nobody any longer. */
    @Override
    public void close() {
        timer.shutdownNow();
        waiting.keySet().forEach(this::over);
    }
}
