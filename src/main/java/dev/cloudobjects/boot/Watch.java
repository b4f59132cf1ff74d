package dev.cloudobjects.boot;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.dispatch.RunningCalls;
import dev.cloudobjects.handshake.SocketUpgrades;
import dev.cloudobjects.http.IncomingBodies;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.log.LineLimit;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.login.IdentityRefresh;
import dev.cloudobjects.session.TimeoutCheck;
import dev.cloudobjects.trace.Traces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after what runs, a few times a second, on a thread of its own: all expiry hangs on it, and whoever floods the
 * container's threads with requests must not hold it up.
 */
@Part
class Watch {

    private final List<Runnable> looks;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable ScheduledFuture<?> looking;

    @Inject
    Watch(
            TimeoutCheck timeouts,
            RunningCalls calls,
            IdentityRefresh identities,
            AccountPreparation accounts,
            Handlers handlers,
            IncomingBodies bodies,
            SocketExecutors executors,
            LineLimit lines,
            Traces traces,
            SocketUpgrades sockets) {
        this(List.of(
                timeouts::run,
                calls::sweep,
                identities::tick,
                accounts::tick,
                handlers::look,
                bodies::sweep,
                executors::check,
                lines::tick,
                traces::tick,
                sockets::look));
    }

    /** A watch that takes these looks, one after another. */
    Watch(List<Runnable> looks) {
        this.looks = looks;
    }

    /** Looks again and again, so long after each time. */
    void start(ThreadFactory threads, Duration pause) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = threads.newThread(task);
            made.setDaemon(true);
            return made;
        });
        looking = thread.scheduleWithFixedDelay(this::look, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks no more. */
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
        if (thread != null) {
            thread.shutdown();
        }
    }

    /** Never throws, because nobody would call again; and what one look fails on keeps no other one from looking. */
    void look() {
        for (Runnable look : looks) {
            try {
                look.run();
            } catch (RuntimeException | Error e) {
                Log.WATCH_FAILED.log(e);
            }
        }
    }
}
