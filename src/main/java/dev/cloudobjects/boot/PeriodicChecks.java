package dev.cloudobjects.boot;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.dispatch.RunningCalls;
import dev.cloudobjects.handshake.SocketUpgrades;
import dev.cloudobjects.http.IncomingBodies;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.log.LineLimit;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.login.IdentityRefresh;
import dev.cloudobjects.request.OpenRequests;
import dev.cloudobjects.session.KeptGroups;
import dev.cloudobjects.session.PresencePublisher;
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
 * Runs the periodic checks, such as timeouts and expiries, several times a second. Has its own thread, so that a flood of
 * requests, which uses up the container's threads, can't delay the checks.
 */
@UnproxiedSingleton
class PeriodicChecks {

    private final List<Runnable> looks;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable ScheduledFuture<?> looking;

    @Inject
    PeriodicChecks(
            TimeoutCheck timeouts,
            KeptGroups groups,
            PresencePublisher presence,
            RunningCalls calls,
            OpenRequests requests,
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
                groups::check,
                presence::tick,
                calls::sweep,
                requests::sweep,
                identities::tick,
                accounts::tick,
                handlers::look,
                bodies::sweep,
                executors::check,
                lines::tick,
                traces::tick,
                sockets::look));
    }

    /** Creates a runner of these checks, in their order. */
    PeriodicChecks(List<Runnable> looks) {
        this.looks = looks;
    }

    /** Starts the checks, with a pause between two rounds. */
    void start(ThreadFactory threads, Duration pause) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = threads.newThread(task);
            made.setDaemon(true);
            return made;
        });
        looking = thread.scheduleWithFixedDelay(this::look, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops the checks. */
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
        if (thread != null) {
            thread.shutdown();
        }
    }

    /** Runs all checks, also if one fails. Never throws, because the scheduler would then stop. */
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
