package dev.cloudobjects.boot;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.time.NanoClock;
import dev.cloudobjects.users.ConfiguredAccounts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prepares the accounts that the settings speak of: at start, and if that fails, because the database is away, from time
 * to time until it is done. Safe for use by many threads.
 */
@Part
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
     * Does this work until it succeeds.
     *
     * @param executor runs it, but for the first time, on a thread that may wait for the database
     */
    AccountPreparation(Runnable work, NanoClock clock, Executor executor) {
        this.work = work;
        this.clock = clock;
        this.executor = executor;
    }

    /** Does it now, on the caller's thread; never fails. */
    void run() {
        if (state.compareAndSet(State.DUE, State.UNDER_WAY)) {
            attempt();
        }
    }

    /** Starts another try if it is time for one; returns at once. */
    void tick() {
        if (clock.nanos() - lastTry < PAUSE.toNanos() || !state.compareAndSet(State.DUE, State.UNDER_WAY)) {
            return;
        }
        try {
            executor.execute(this::attempt);
        } catch (RuntimeException | Error e) {
            // An Error as well: without memory for one more thread, there would never be another try.
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
            // Told once, and not with every try.
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
