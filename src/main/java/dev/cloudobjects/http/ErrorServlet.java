package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers errors of the container with JSON, in place of the container's own page, which would show its version and stack traces. */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Code code = Code.NOT_FOUND;
        for (Code known : Code.values()) {
            if (status instanceof Integer number && known.value() == number) {
                code = known;
            }
        }
        boolean failed = status instanceof Integer number && number >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        Code answer = failed ? Code.INTERNAL : code;
        String msg = answer == Code.NOT_FOUND ? "there is nothing at this address" : answer.message();
        Responses.fail(response, answer.value(), msg, RequestIds.next());
    }
}
