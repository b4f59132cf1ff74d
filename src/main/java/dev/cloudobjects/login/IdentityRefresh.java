package dev.cloudobjects.login;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.Registry;
import dev.cloudobjects.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the logins of all sessions checked every so often, so that what was changed in the database or by another node takes
 * effect on sessions whose client only listens, too.
 *
 * <p>One check at a time, on a thread that may wait for the database: the caller never does.
 */
public final class IdentityRefresh {

    private final IdentityWatch watch;
    private final Registry registry;
    private final NanoClock clock;
    private final Duration interval;
    private final Executor executor;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile long lastCheck;
    private volatile boolean failing;

    /** Checks of all sessions every so often. */
    public IdentityRefresh(
            IdentityWatch watch, Registry registry, NanoClock clock, Duration interval, Executor executor) {
        this.watch = watch;
        this.registry = registry;
        this.clock = clock;
        this.interval = interval;
        this.executor = executor;
        this.lastCheck = clock.nanos();
    }

    /** Starts a check if it is time for one and the one before has ended; returns at once. */
    public void tick() {
        if (clock.nanos() - lastCheck < interval.toNanos() || !checking.compareAndSet(false, true)) {
            return;
        }
        lastCheck = clock.nanos();
        try {
            executor.execute(this::check);
        } catch (RuntimeException | Error e) {
            // An Error as well: without memory for one more thread, there would never be another check.
            checking.set(false);
            failed(e);
        }
    }

    private void check() {
        try {
            watch.checkAll();
            failing = false;
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            checking.set(false);
        }
    }

    /** Logged once for each time that the users can't be asked, and not every two seconds. */
    private void failed(Throwable why) {
        if (!failing) {
            failing = true;
            Log.LOGINS_UNCHECKED.log(why, registry.users().size(), why.getMessage());
        }
    }
}
