package dev.cloudobjects.storage;

import com.mongodb.MongoClientOptions;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadTimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats once what a cut connection broke off and can be repeated: firewalls cut what is idle, and the driver notices
 * with the next use. With the first failure it drops all its connections, so that the repetition has a new one. The
 * driver repeats by itself too, but not at a single server. Follows {@code retryReads} and {@code retryWrites} of the URI.
 *
 * <p>A database that does not answer in time is not asked again: the caller has waited long enough.
 */
final class Retries {

    private final boolean reads;
    private final boolean writes;

    private Retries(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** As the options of a client say. */
    static Retries of(MongoClientOptions options) {
        return new Retries(options.getRetryReads(), options.getRetryWrites());
    }

    /** Does what changes nothing. */
    <T> T reading(Supplier<T> work) {
        return again(() -> reads, work);
    }

    /** Does what changes nothing until it says that it has begun to. */
    <T> T reading(Supplier<T> work, BooleanSupplier changing) {
        return again(() -> reads && !changing.getAsBoolean(), work);
    }

    /** Makes a change that is the same when it is made twice, and so is its result. */
    <T> T changing(Supplier<T> work) {
        return again(() -> writes, work);
    }

    private static <T> T again(BooleanSupplier allowed, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (!allowed.getAsBoolean() || !isCut(e)) {
                throw e;
            }
            return work.get();
        }
    }

    /** Whether a connection that was there has gone; EclipseLink wraps what the driver says. */
    private static boolean isCut(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoSocketException) {
                return !(cause instanceof MongoSocketReadTimeoutException)
                        && !(cause instanceof MongoSocketOpenException);
            }
        }
        return false;
    }
}
