package dev.cloudobjects.transport;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.dispatch.RequestIds;
import dev.cloudobjects.log.Log;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet whose every failure is an answer in the usual shape: never a page of the container. */
abstract class AnsweringServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestIds.next();
        try {
            answer(request, response);
        } catch (CloudObjectException e) {
            if (e.code() == Code.METHOD_NOT_ALLOWED.value()) {
                response.setHeader("Allow", methods() + ", OPTIONS");
            }
            refused(request, response, e, requestId);
            Replies.fail(response, e.code(), e.getMessage(), requestId);
        } catch (RuntimeException e) {
            Log.REQUEST_FAILED.log(e, request.getMethod(), request.getRequestURI(), requestId);
            Replies.fail(response, Code.INTERNAL.value(), Code.INTERNAL.message(), requestId);
        }
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
        Log line = why instanceof LimitExceeded ? Log.LIMITED : Log.REQUEST_REFUSED;
        line.log(request.getMethod(), request.getRequestURI(), why.code(), Refused.reason(why), requestId);
    }
}
