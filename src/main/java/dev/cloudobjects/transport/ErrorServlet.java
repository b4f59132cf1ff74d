package dev.cloudobjects.transport;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers in the container's place where it would show a page of its own, with its insides on it. */
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
        Replies.fail(response, answer.value(), msg, RequestIds.next());
    }
}
