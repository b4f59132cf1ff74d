package dev.cloudobjects.dispatch;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.NanoClock;
import dev.cloudobjects.session.Registry;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has everybody who is connected looked at again and again, so that what was changed in the database or by another node
 * takes effect on connections that only listen, too.
 *
 * <p>One look at a time, on a thread that may wait for the database: the caller never does.
 */
public final class IdentityRefresh {

    private final IdentityWatch watch;
    private final Registry registry;
    private final NanoClock clock;
    private final Duration interval;
    private final Executor executor;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lastLook;
    private volatile boolean failing;

    /** A refresh of all connections every so often. */
    public IdentityRefresh(
            IdentityWatch watch, Registry registry, NanoClock clock, Duration interval, Executor executor) {
        this.watch = watch;
        this.registry = registry;
        this.clock = clock;
        this.interval = interval;
        this.executor = executor;
        this.lastLook = clock.nanos();
    }

    /** Starts a look if it is time for one and the last one is over; returns at once. */
    public void tick() {
        if (clock.nanos() - lastLook < interval.toNanos() || !looking.compareAndSet(false, true)) {
            return;
        }
        lastLook = clock.nanos();
        try {
            executor.execute(this::look);
        } catch (RuntimeException | Error e) {
            // An Error as well: without memory for one more thread, there would never be another look.
            looking.set(false);
            failed(e);
        }
    }

    private void look() {
        try {
            watch.lookAtAll();
            failing = false;
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            looking.set(false);
        }
    }

    /** Told once for each time that the users are away, and not every two seconds. */
    private void failed(Throwable why) {
        if (!failing) {
            failing = true;
            Log.LOGINS_UNCHECKED.log(why, registry.users().size(), why.getMessage());
        }
    }
}
