package dev.cloudobjects.storage;

import com.mongodb.DuplicateKeyException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.log.Log;
import jakarta.persistence.PersistenceException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.persistence.exceptions.DatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * Translates exceptions of the driver and of EclipseLink: to {@link DuplicateException} for a unique index, to a
 * {@link CloudObjectException} with code 503 for all others.
 */
final class ExceptionTranslator {

    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicLong NEXT_LOG = new AtomicLong(System.nanoTime());

    private ExceptionTranslator() {}

    /** Runs {@code work} and translates its exceptions. */
    static <T> T translated(Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException | PersistenceException | DatabaseException e) {
            throw translate(e);
        }
    }

    private static RuntimeException translate(RuntimeException failure) {
        RuntimeException cause = withoutRows(failure);
        if (cause instanceof MongoException mongo && isDuplicate(mongo)) {
            return new DuplicateException(cause);
        }
        // A call that was interrupted at its time limit is no sign of a database failure.
        if (!(cause instanceof MongoInterruptedException)) {
            logSometimes(cause);
        }
        CloudObjectException unavailable = new CloudObjectException(Code.UNAVAILABLE);
        unavailable.initCause(cause);
        return unavailable;
    }

    /** The driver's exception, if there is one: EclipseLink's message quotes the whole row, with the password hash. */
    private static RuntimeException withoutRows(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoException mongo) {
                return mongo;
            }
        }
        IllegalStateException bare = new IllegalStateException(failure.getClass().getName());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }

    // While the database is unreachable every call fails: one line in ten seconds is enough.
    private static void logSometimes(RuntimeException cause) {
        long now = System.nanoTime();
        long next = NEXT_LOG.get();
        if (now - next >= 0 && NEXT_LOG.compareAndSet(next, now + LOG_INTERVAL_NANOS)) {
            Log.DATABASE_FAILED.log(cause, reason(cause));
        }
    }

    private static boolean isDuplicate(MongoException failure) {
        return failure instanceof DuplicateKeyException
                || ErrorCategory.fromErrorCode(failure.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }

    /** The message of the innermost cause that has one, on one line. Drivers put no credentials into their messages. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        @Nullable String reason = failure.getMessage();
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
            reason = innermost.getMessage() == null ? reason : innermost.getMessage();
        }
        String text = reason == null ? innermost.getClass().getSimpleName() : reason;
        return text.lines().findFirst().orElse(text).strip();
    }
}
