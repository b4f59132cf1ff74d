package dev.cloudobjects.boot;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
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
 * Empties the server before it stops: no new connection is accepted, those that are open are closed with 1012, after
 * which clients come back, spread over a window so that their return is not one wave; their disconnection events run.
 *
 * <p>It begins with SIGTERM, when {@link LibertyStopListener} hears that the server stops, or when an administrator calls
 * {@code sys/server.drain}: the container cuts all sockets before it stops the application.
 */
@ApplicationScoped
public class Drain {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    /** Within which time clients shall come back: another server takes a thousand in a second, and nobody waits for long. */
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

    private final TermSignal signal = new TermSignal();
    /** Runs once, however many threads are given it, and on none of those that wait for it. */
    private final FutureTask<Void> drained = new FutureTask<>(this::empty, null);

    /** Begins to listen for the signal. */
    void listen() {
        signal.whenReceived(this::run);
    }

    /** Leaves the signal to whoever had it before. */
    void unlisten() {
        signal.restore();
    }

    /**
     * Empties the server; returns when it is empty, or the window and the time to flush are over. Whoever asks again waits
     * for the same drain, and whoever is interrupted leaves it running.
     */
    public void run() {
        sessions.stopAccepting();
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

    /** Within which time the clients of so many connections shall come back. */
    static Duration spread(int connections) {
        Duration spread = LEAST_SPREAD.plusMillis(connections);
        return spread.compareTo(MOST_SPREAD) < 0 ? spread : MOST_SPREAD;
    }

    /** Waits until the last connections have flushed and their disconnection events have run, a few seconds at most. */
    void awaitEvents() throws InterruptedException {
        for (long waited = 0; waited < FLUSH.toMillis() && isBusy(); waited += STEP.toMillis()) {
            pause();
        }
    }

    private boolean isBusy() {
        return sessions.count() > 0 || gateway.endsPending() > 0;
    }

    /** Lets the time of a step pass. */
    void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
    }
}
