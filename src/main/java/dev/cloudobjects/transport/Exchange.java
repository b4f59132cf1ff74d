package dev.cloudobjects.transport;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.log.Log;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that is answered later, once, by whichever thread comes first. What a request says is asked for ahead of it:
 * another thread may not ask on every container.
 */
final class Exchange {

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final String from;
    private final String method;
    private final String address;
    private final AtomicBoolean answered = new AtomicBoolean();

    private Exchange(AsyncContext context, String from, HttpServletRequest request, HttpServletResponse response) {
        this.context = context;
        this.from = from;
        this.response = response;
        this.method = request.getMethod();
        this.address = request.getRequestURI();
    }

    /** Lets the container's thread go. From here on every end of the request is one of this exchange. @param from the client's address */
    static Exchange begin(String from, HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync();
        // Whatever has a time limit here has its own.
        context.setTimeout(0);
        return new Exchange(context, from, request, response);
    }

    /** Answers; nothing happens when that was done before. */
    void answer(JsonObject answer) {
        if (answered.getAndSet(true)) {
            return;
        }
        try {
            Replies.write(response, answer);
        } catch (IOException e) {
            // The client has gone, and nobody else wants the answer.
        } finally {
            context.complete();
        }
    }

    /** Answers with a failure, and tells the log. */
    void refuse(CloudObjectException why) {
        String requestId = RequestIds.next();
        AnsweringServlet.tell(from, method, address, why, requestId);
        answer(Replies.failure(why.code(), why.getMessage(), requestId));
    }

    /** Ends because the body broke off or is none: the client has gone, as a rule, so few want to know. */
    void abandon(Throwable why) {
        String requestId = RequestIds.next();
        Log.REQUEST_BROKEN_OFF.log(method, address, why, requestId);
        answer(Replies.failure(Code.BAD_REQUEST.value(), "the request broke off", requestId));
    }

    /** Does a part of the work; what goes wrong there is the answer. */
    void doing(Runnable part) {
        try {
            part.run();
        } catch (CloudObjectException e) {
            refuse(e);
        } catch (RejectedExecutionException e) {
            refuse(new LimitExceeded(Code.UNAVAILABLE, "the server is stopping: try again"));
        } catch (RuntimeException | Error e) {
            String requestId = RequestIds.next();
            Log.REQUEST_FAILED.logFrom(from, e, method, address, requestId);
            answer(Replies.failure(Code.INTERNAL.value(), Code.INTERNAL.message(), requestId));
        }
    }
}
