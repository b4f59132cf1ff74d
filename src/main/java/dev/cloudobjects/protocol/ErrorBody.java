package dev.cloudobjects.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a failure.
 *
 * @param code a value of {@link dev.cloudobjects.api.Code} or a code of the application's own; never 0
 * @param msg what the client may read
 * @param requestId the id of the failed call in the log; {@code null} when there was no call
 */
public record ErrorBody(int code, String msg, @Nullable String requestId) {

    public ErrorBody {
        if (code == 0) {
            throw new IllegalArgumentException("code 0 means success and is no error");
        }
    }
}
