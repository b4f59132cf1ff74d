package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cloudobjects.api.Code;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailedRequestTest {

    private final FailedRequest request = new FailedRequest("192.0.2.1", "POST", "/http/router/a.b");

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new Refused(Code.NOT_FOUND, "there is no such method"), 404, "there is no such method"),
                Arguments.of(new RejectedExecutionException("secret"), 503, "the server is stopping: try again"),
                Arguments.of(new IOException("secret"), 400, "the request broke off"),
                Arguments.of(new IllegalStateException("secret"), 500, Code.INTERNAL.message()),
                Arguments.of(new StackOverflowError("secret"), 500, Code.INTERNAL.message()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldAnswerWithoutSayingWhatOnlyTheLogMaySay(Throwable failure, int code, String msg) {
        JsonObject answer = request.answer(failure);
        assertEquals(code, answer.getInt("code"));
        assertEquals(msg, answer.getString("msg"));
        assertFalse(answer.getString("requestId").isEmpty());
    }

    @Test
    void shouldLogARefusalUnderTheIdThatTheClientGets() {
        List<String> ids = new ArrayList<>();
        JsonObject refused = request.answer(new Refused(Code.DENIED, "no"), (refusal, requestId) -> ids.add(requestId));
        assertEquals(List.of(refused.getString("requestId")), ids);
        request.answer(new IllegalStateException("a bug"), (refusal, requestId) -> ids.add(requestId));
        assertEquals(1, ids.size(), "a bug is no refusal");
    }
}
