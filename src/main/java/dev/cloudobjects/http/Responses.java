package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.dispatch.Functions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes answers: JSON with {@code code} and {@code msg}, and the HTTP status that fits the code. */
public final class Responses {

    /** When a client that was refused may call again, unless the refusal says another time. */
    static final int RETRY_SECONDS = 2;
    private static final int TOO_MANY_REQUESTS = Code.TOO_MANY.value();

    private Responses() {}

    /** Answers with a failure. */
    static void fail(HttpServletResponse response, int code, String msg, String requestId) throws IOException {
        write(response, failure(code, msg, requestId));
    }

    /** The JSON of a failure. */
    static JsonObject failure(int code, String msg, String requestId) {
        return Json.createObjectBuilder()
                .add("code", code)
                .add("msg", msg)
                .add("requestId", requestId)
                .build();
    }

    /** Writes an answer. */
    public static void write(HttpServletResponse response, JsonObject answer) throws IOException {
        int code = answer.getInt("code", Code.OK.value());
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        int status = status(code);
        response.setStatus(status);
        if (saysRetryAfter(status)) {
            response.setIntHeader("Retry-After", answer.getInt(Functions.RETRY_AFTER, RETRY_SECONDS));
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Whether an answer tells the client when to call again. */
    static boolean saysRetryAfter(JsonObject answer) {
        return saysRetryAfter(status(answer.getInt("code", Code.OK.value())));
    }

    private static boolean saysRetryAfter(int status) {
        return status == HttpServletResponse.SC_SERVICE_UNAVAILABLE || status == TOO_MANY_REQUESTS;
    }

    /** The HTTP status for a code. A code that is no HTTP status and is not about tokens or accounts gives 200. */
    static int status(int code) {
        if (Code.isToken(code)) {
            return HttpServletResponse.SC_UNAUTHORIZED;
        }
        if (code == Code.ACCOUNT_DISABLED.value() || code == Code.ACCOUNT_CLOSED.value()) {
            return HttpServletResponse.SC_FORBIDDEN;
        }
        if (code == Code.TOO_MANY_WRONG_PASSWORDS.value()) {
            return TOO_MANY_REQUESTS;
        }
        for (Code known : Code.values()) {
            if (known.value() == code && code >= 400 && code < 600) {
                return known == Code.TIMEOUT ? HttpServletResponse.SC_GATEWAY_TIMEOUT : code;
            }
        }
        return HttpServletResponse.SC_OK;
    }
}
