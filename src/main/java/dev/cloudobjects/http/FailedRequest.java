package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.log.Log;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Logs why a request failed, and makes the answer. It has copies of what the log needs, because not every container lets
 * another thread read the request.
 *
 * @param client the address of the client
 * @param method the HTTP method
 * @param uri the path of the request
 */
record FailedRequest(@Nullable String client, String method, String uri) {

    static FailedRequest of(@Nullable String client, HttpServletRequest request) {
        return new FailedRequest(client, request.getMethod(), request.getRequestURI());
    }

    /** Logs a refusal. */
    interface RefusalLog {
        void log(CloudObjectException refusal, String requestId);
    }

    /** Logs a failure, and returns the answer: {@link #answer(Throwable, RefusalLog)} with {@link #logRefusal}. */
    JsonObject answer(Throwable failure) {
        return answer(failure, this::logRefusal);
    }

    /**
     * Logs a failure, and returns the answer.
     *
     * @param failure a {@link CloudObjectException} is a refusal; an {@link IOException} means that the request was not read to
     *     its end; a {@link RejectedExecutionException} means that the server stops; anything else is a bug
     */
    JsonObject answer(Throwable failure, RefusalLog refusals) {
        String requestId = RequestIds.next();
        if (failure instanceof CloudObjectException refusal) {
            refusals.log(refusal, requestId);
            return Responses.failure(refusal.code(), refusal.getMessage(), requestId);
        }
        if (failure instanceof RejectedExecutionException) {
            return answer(new LimitExceeded(Code.UNAVAILABLE, "the server is stopping: try again"), refusals);
        }
        if (failure instanceof IOException) {
            Log.REQUEST_BROKEN_OFF.log(method, uri, failure, requestId);
            return Responses.failure(Code.BAD_REQUEST.value(), "the request broke off", requestId);
        }
        Log.REQUEST_FAILED.logFrom(client, failure, method, uri, requestId);
        return Responses.failure(Code.INTERNAL.value(), Code.INTERNAL.message(), requestId);
    }

    void logRefusal(CloudObjectException refusal, String requestId) {
        Log line = refusal instanceof LimitExceeded ? Log.LIMITED : Log.REQUEST_REFUSED;
        line.logFrom(client, method, uri, refusal.code(), Refused.reason(refusal), requestId);
    }
}
