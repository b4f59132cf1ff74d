package dev.cloudobjects.boot;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.http.LateRefusals;
import dev.cloudobjects.liberty.LibertyStopListener;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.AllSessions;
import dev.cloudobjects.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Drains the server before it stops: refuses new connections and closes the open ones with 1012, spread over a window so that
 * clients do not reconnect all at once. Their disconnection events run.
 *
 * <p>It begins with SIGTERM, when {@link LibertyStopListener} hears that the server stops, or when an administrator calls
 * {@code sys/server.drain}: the container cuts all sockets before it stops the application.
 */
@ApplicationScoped
public class Drain {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    /** The minimum time over which clients reconnect. */
    private static final Duration LEAST_SPREAD = Duration.ofSeconds(1);

    private static final Duration MOST_SPREAD = Duration.ofSeconds(30);

    @Inject
    Settings settings;

    @Inject
    Sessions sessions;

    @Inject
    AllSessions all;

    @Inject
    Gateway gateway;

    @Inject
    LateRefusals late;

    private final TermSignal signal = new TermSignal();
    /** Runs once, on its own thread; all callers wait for it. */
    private final FutureTask<Void> drained = new FutureTask<>(this::empty, null);

    /** Installs the signal handler. */
    void listen() {
        signal.whenReceived(this::run);
    }

    /** Removes the signal handler. */
    void unlisten() {
        signal.restore();
    }

    /**
     * Drains the server. Returns when no connection is left, or after the window and the time to flush. Further calls wait
     * for the same drain. An interrupt ends the waiting, not the drain.
     */
    public void run() {
        sessions.stopAccepting();
        late.stop();
        Thread thread = new Thread(drained, "cloudobjects-drain");
        thread.setDaemon(true);
        thread.start();
        try {
            drained.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the server could not be drained", e.getCause());
        }
    }

    private void empty() {
        Duration window = settings.get(Keys.DRAIN_WINDOW);
        Duration within = spread(sessions.count());
        Log.DRAINING.log(sessions.count(), window);
        try {
            long steps = Math.max(1, window.toMillis() / STEP.toMillis());
            for (long left = steps; left > 0 && sessions.count() > 0; left--) {
                all.restart((int) ((sessions.count() + left - 1) / left), within);
                pause();
            }
            awaitEvents();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time over which the clients of {@code connections} connections reconnect. */
    static Duration spread(int connections) {
        Duration spread = LEAST_SPREAD.plusMillis(connections);
        return spread.compareTo(MOST_SPREAD) < 0 ? spread : MOST_SPREAD;
    }

    /** Waits until the last connections have flushed and their disconnection events have run, for a few seconds at most. */
    void awaitEvents() throws InterruptedException {
        for (long waited = 0; waited < FLUSH.toMillis() && isBusy(); waited += STEP.toMillis()) {
            pause();
        }
    }

    private boolean isBusy() {
        return sessions.count() > 0 || gateway.endsPending() > 0;
    }

    /** Waits for one step. */
    void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
}
