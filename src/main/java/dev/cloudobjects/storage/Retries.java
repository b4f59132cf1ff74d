package dev.cloudobjects.storage;

import com.mongodb.MongoClientOptions;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadTimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats an operation once after a lost connection, if it can be repeated. Firewalls drop idle connections, and the driver
 * notices at the next use. It then closes all its connections, so the second try uses a new one. The driver's own retries
 * do not work with a standalone server. Respects {@code retryReads} and {@code retryWrites} of the URI.
 *
 * <p>A timeout is not retried: the caller has waited long enough.
 */
final class Retries {

    private final boolean reads;
    private final boolean writes;

    private Retries(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** Retries according to the options of a client. */
    static Retries of(MongoClientOptions options) {
        return new Retries(options.getRetryReads(), options.getRetryWrites());
    }

    /** Runs an operation that only reads. */
    <T> T read(Supplier<T> work) {
        return again(() -> reads, work);
    }

    /** Runs an operation that only reads until {@code changing} is true; it is not repeated after that. */
    <T> T read(Supplier<T> work, BooleanSupplier changing) {
        return again(() -> reads && !changing.getAsBoolean(), work);
    }

    /** Runs an idempotent change, whose result is the same when it is repeated. */
    <T> T idempotentWrite(Supplier<T> work) {
        return again(() -> writes, work);
    }

    private static <T> T again(BooleanSupplier allowed, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (!allowed.getAsBoolean() || !isConnectionLost(e)) {
                throw e;
            }
            return work.get();
        }
    }

    /** Whether an open connection was lost. Looks at all causes, because EclipseLink wraps the driver's exception. */
    private static boolean isConnectionLost(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoSocketException) {
                return !(cause instanceof MongoSocketReadTimeoutException)
                        && !(cause instanceof MongoSocketOpenException);
            }
        }
        return false;
    }
}
