package dev.cloudobjects.time;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timeouts of the same length, all on one thread. */
public final class FixedTimeouts implements Timeouts {

    private final Duration length;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    /** Timeouts. @param thread the name of their thread */
    public FixedTimeouts(String thread, Duration length) {
        this.length = length;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, thread);
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the actions throw nothing
    public void start(Runnable onTimeout) {
        waiting.add(onTimeout);
        try {
            timer.schedule(() -> run(onTimeout), length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            run(onTimeout);
        }
    }

    private void run(Runnable onTimeout) {
        if (waiting.remove(onTimeout)) {
            onTimeout.run();
        }
    }

    @Override
    public void cancel(Runnable onTimeout) {
        // The task stays in the timer and does nothing, which costs less than removing it.
        waiting.remove(onTimeout);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        waiting.forEach(this::run);
    }
}
