package dev.cloudobjects.request;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.time.NanoClock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * All connections with requests that have a deadline. It makes what a connection has of requests, and ends what has exceeded its
 * time. Safe for use by many threads.
 */
public final class OpenRequests {

    private final Executor handlers;
    private final NanoClock clock;
    private final RequestLimits limits;
    private final Set<SessionRequests> waiting = ConcurrentHashMap.newKeySet();

    /**
     * No requests yet.
     *
     * @param handlers where code of the application runs: the futures of requests complete there, and streams are asked for items
     */
    public OpenRequests(Executor handlers, NanoClock clock, RequestLimits limits) {
        this.handlers = handlers;
        this.clock = clock;
        this.limits = limits;
    }

    /** The requests of one connection. @param send sends a frame to its client, without waiting */
    public SessionRequests of(Consumer<ServerFrame> send) {
        return new SessionRequests(this, send);
    }

    /** Ends what has exceeded its time. Called a few times a second, by one thread. */
    public void sweep() {
        long now = clock.nanos();
        for (SessionRequests requests : waiting) {
            try {
                requests.sweep(now);
            } catch (RuntimeException | Error e) {
                // The others have deadlines too.
                Log.TIMEOUT_CHECK_FAILED.log(e, "requests");
            }
        }
    }

    /** How many connections have open requests or streams. */
    public int waiting() {
        return waiting.size();
    }

    NanoClock clock() {
        return clock;
    }

    RequestLimits limits() {
        return limits;
    }

    /** Has deadlines checked, or no more. */
    void watch(SessionRequests requests, boolean watched) {
        if (watched) {
            waiting.add(requests);
        } else {
            waiting.remove(requests);
        }
    }

    /** Runs code of the application on a thread for handlers or, once these have stopped, on one that the JVM has; never on this one. */
    public void run(Runnable task) {
        try {
            handlers.execute(task);
        } catch (RejectedExecutionException e) {
            // The server stops. Whoever waits is told all the same, and not here: the caller may hold a monitor.
            ForkJoinPool.commonPool().execute(task);
        }
    }
}
