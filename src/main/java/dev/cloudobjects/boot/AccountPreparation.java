package dev.cloudobjects.boot;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.time.NanoClock;
import dev.cloudobjects.users.ConfiguredAccounts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prepares the accounts that the settings name, at the start. If that fails because the database is unreachable, retries
 * until it succeeds. Safe for use by many threads.
 */
@UnproxiedSingleton
class AccountPreparation {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private enum State {
        DUE,
        UNDER_WAY,
        DONE
    }

    private final Runnable work;
    private final NanoClock clock;
    private final Executor executor;
    private final AtomicReference<State> state = new AtomicReference<>(State.DUE);
    private volatile long lastTry;
    private volatile boolean failing;

    @Inject
    AccountPreparation(ConfiguredAccounts accounts, NanoClock clock, Handlers handlers) {
        this(accounts::prepare, clock, handlers);
    }

    /**
     * Creates the task.
     *
     * @param executor runs the retries, on threads that may block on the database
     */
    AccountPreparation(Runnable work, NanoClock clock, Executor executor) {
        this.work = work;
        this.clock = clock;
        this.executor = executor;
    }

    /** Runs the first try on the caller's thread. Never throws. */
    void run() {
        if (state.compareAndSet(State.DUE, State.UNDER_WAY)) {
            attempt();
        }
    }

    /** Starts a retry if one is due; returns at once. */
    void tick() {
        if (clock.nanos() - lastTry < PAUSE.toNanos() || !state.compareAndSet(State.DUE, State.UNDER_WAY)) {
            return;
        }
        try {
            executor.execute(this::attempt);
        } catch (RuntimeException | Error e) {
            // Also after an Error: if memory for a thread is missing, a later retry must still be possible.
            ended(State.DUE);
            throw e;
        }
    }

    private void attempt() {
        try {
            work.run();
            ended(State.DONE);
        } catch (RuntimeException | Error e) {
            ended(State.DUE);
            // Logged once, not for each retry.
            if (!failing) {
                failing = true;
                Log.ACCOUNTS_UNPREPARED.log(e, e.getMessage());
            }
        }
    }

    private void ended(State after) {
        lastTry = clock.nanos();
        state.set(after);
    }
}
