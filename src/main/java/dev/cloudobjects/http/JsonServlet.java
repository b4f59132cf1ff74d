package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A servlet that answers every failure with JSON, so that no error page of the container is shown. */
public abstract class JsonServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Requests addresses;

    @Inject
    transient LateRefusals late;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) {
        try {
            answer(request, response);
        } catch (IOException | RuntimeException | Error e) {
            fail(request, response, e);
        }
    }

    private void fail(HttpServletRequest request, HttpServletResponse response, Throwable failure) {
        JsonObject answer = FailedRequest.of(address(request), request)
                .answer(failure, (refusal, requestId) -> refused(request, response, refusal, requestId));
        if (response.isCommitted()) {
            return;
        }
        if (answer.getInt("code") == Code.METHOD_NOT_ALLOWED.value()) {
            response.setHeader("Allow", methods() + ", OPTIONS");
        }
        if (Responses.saysRetryAfter(answer) && request.isAsyncSupported() && !request.isAsyncStarted()) {
            Exchange.begin(String.valueOf(address(request)), late, request, response).answer(answer);
            return;
        }
        try {
            Responses.write(response, answer);
        } catch (IOException e) {
            // The client has disconnected, so nobody reads the answer.
        }
    }

    /** The client's address. */
    protected final @Nullable String address(HttpServletRequest request) {
        return addresses.address(RequestHead.of(request));
    }

    /** The HTTP methods that are answered, for the header {@code Allow}. */
    protected String methods() {
        return "POST";
    }

    /** Answers a request. @throws CloudObjectException to answer with a failure */
    protected abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

    /** Logs a refusal before it is answered; may set headers of the answer. */
    protected void refused(
            HttpServletRequest request, HttpServletResponse response, CloudObjectException why, String requestId) {
        FailedRequest.of(address(request), request).logRefusal(why, requestId);
    }
}
