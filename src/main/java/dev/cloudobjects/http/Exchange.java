package dev.cloudobjects.http;

import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that is answered asynchronously, by whichever thread answers first. Later answers are dropped. {@link LateRefusals} may
 * delay the answer. Safe for use by many threads.
 */
final class Exchange {

    private final String client;
    private final LateRefusals late;
    private final AsyncContext context;
    private final HttpServletResponse response;
    private final FailedRequest failed;
    private final AtomicBoolean answered = new AtomicBoolean();

    private Exchange(
            String client, LateRefusals late, AsyncContext context, HttpServletResponse response, FailedRequest failed) {
        this.client = client;
        this.late = late;
        this.context = context;
        this.response = response;
        this.failed = failed;
    }

    /** Makes the request asynchronous, so that the container's thread may return. @param client the client's address */
    static Exchange begin(String client, LateRefusals late, HttpServletRequest request, HttpServletResponse response) {
        FailedRequest failed = FailedRequest.of(client, request);
        AsyncContext context = request.startAsync();
        // Bodies and calls have time limits of their own.
        context.setTimeout(0);
        return new Exchange(client, late, context, response, failed);
    }

    /** Answers, unless the request has been answered. */
    void answer(JsonObject answer) {
        if (answered.getAndSet(true)) {
            return;
        }
        if (Responses.saysRetryAfter(answer)) {
            late.answer(client, () -> write(answer));
        } else {
            write(answer);
        }
    }

    private void write(JsonObject answer) {
        try {
            Responses.write(response, answer);
        } catch (IOException e) {
            // The client has disconnected, so nobody reads the answer.
        } finally {
            context.complete();
        }
    }

    /** Logs a failure, and answers with it: see {@link FailedRequest#answer(Throwable)}. */
    void fail(Throwable failure) {
        answer(failed.answer(failure));
    }

    /** Runs a part of the work, and answers with its failure if it throws. */
    void run(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }
}
