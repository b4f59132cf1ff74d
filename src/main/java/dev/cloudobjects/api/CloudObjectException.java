package dev.cloudobjects.api;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses or fails a call with a code and a message that the client may read. Any other exception reaches a client as
 * code 500 without its text.
 */
@ApplicationException
public class CloudObjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final @Nullable Duration retryAfter;

    /** A failure with the code's own message. */
    public CloudObjectException(Code code) {
        this(code.value(), code.message());
    }

    /** A failure with a message of one's own. */
    public CloudObjectException(Code code, String message) {
        this(code.value(), message);
    }

    /** A failure with the code's own message, of what will not succeed before some time has passed. */
    public CloudObjectException(Code code, Duration retryAfter) {
        this(code.value(), code.message(), retryAfter);
    }

    /**
     * A failure with a code of the application's own.
     *
     * @throws IllegalArgumentException when {@code code} is 0, which means success
     */
    public CloudObjectException(int code, String message) {
        this(code, message, null);
    }

    private CloudObjectException(int code, String message, @Nullable Duration retryAfter) {
        super(message);
        if (code == 0) {
            throw new IllegalArgumentException("code 0 means success and can't be thrown");
        }
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The code, never 0. */
    public int code() {
        return code;
    }

    /** After how long it makes sense to try again, if that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The message for the client. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
