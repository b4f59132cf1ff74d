package dev.cloudobjects.transport;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.log.Log;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A servlet whose every failure is an answer in the usual shape: never a page of the container. */
abstract class AnsweringServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Requests addresses;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) {
        String requestId = RequestIds.next();
        try {
            answer(request, response, requestId);
        } catch (IOException e) {
            brokenOff(request, response, e, requestId);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String requestId) throws IOException {
        try {
            answer(request, response);
        } catch (CloudObjectException e) {
            if (e.code() == Code.METHOD_NOT_ALLOWED.value()) {
                response.setHeader("Allow", methods() + ", OPTIONS");
            }
            refused(request, response, e, requestId);
            Replies.fail(response, e.code(), e.getMessage(), requestId);
        } catch (RuntimeException e) {
            Log.REQUEST_FAILED.logFrom(address(request), e, request.getMethod(), request.getRequestURI(), requestId);
            Replies.fail(response, Code.INTERNAL.value(), Code.INTERNAL.message(), requestId);
        }
    }

    /** The client has gone, or has sent what is no body; thrown on, it would be a stack trace of the container's. */
    private static void brokenOff(
            HttpServletRequest request, HttpServletResponse response, IOException why, String requestId) {
        Log.REQUEST_BROKEN_OFF.log(request.getMethod(), request.getRequestURI(), why, requestId);
        try {
            if (!response.isCommitted()) {
                Replies.fail(response, Code.BAD_REQUEST.value(), "the request broke off", requestId);
            }
        } catch (IOException e) {
            // There is nobody to answer any more.
        }
    }

    /** The client's address. */
    final @Nullable String address(HttpServletRequest request) {
        return addresses.address(request);
    }

    /** The HTTP methods that are answered. */
    protected String methods() {
        return "POST";
    }

    /** Answers a request. @throws CloudObjectException to answer with a failure */
    protected abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

    /** Tells the log, before a failure is answered. */
    protected void refused(
            HttpServletRequest request, HttpServletResponse response, CloudObjectException why, String requestId) {
        tell(address(request), request.getMethod(), request.getRequestURI(), why, requestId);
    }

    /** Tells the log of a request that is answered with a failure. @param from the client's address */
    static void tell(
            @Nullable String from, String method, String address, CloudObjectException why, String requestId) {
        Log line = why instanceof LimitExceeded ? Log.LIMITED : Log.REQUEST_REFUSED;
        line.logFrom(from, method, address, why.code(), Refused.reason(why), requestId);
    }
}
