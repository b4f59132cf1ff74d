package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Functions;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.threads.WorkerPool;
import dev.cloudobjects.time.FakeTimeouts;
import dev.cloudobjects.time.ManualClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before a body is read, and that nobody but the handlers waits for anything. */
class PostServletTest {

    private static final Map<String, String> SETTINGS = Map.of("cloudobjects.http.max-calls", "1");

    private final FakeUsers users = new FakeUsers();
    private final Meters meters = new Meters();
    private final ManualClock clock = new ManualClock();
    private final CalledFunctions functions = new CalledFunctions();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final FakeTimeouts delays = new FakeTimeouts();
    private final RouterServlet servlet = new RouterServlet();
    private volatile int status;

    /** One method for anybody and one for who is logged in; each answers what it is given. */
    private static final class CalledFunctions extends Functions {

        private final CountDownLatch open = new CountDownLatch(1);
        private volatile boolean waits;
        private volatile int calls;
        private volatile int code;
        private volatile Payload params = Payload.NULL;
        private volatile String thread = "";

        @Override
        public String method(String url) {
            if (!url.startsWith("a/b.")) {
                throw new CloudObjectException(Code.NOT_FOUND);
            }
            return url;
        }

        @Override
        public boolean lacksLogin(String url, Caller caller) {
            return url.equals("a/b.kh") && caller.uid() == null;
        }

        @Override
        public void call(Request request, Consumer<JsonObject> answers) {
            calls++;
            thread = Thread.currentThread().getName();
            params = request.params();
            if (waits) {
                answers.accept(Json.createObjectBuilder().add("code", Code.TIMEOUT.value()).build());
                Awaitility.await().until(() -> open.getCount() == 0);
            }
            answers.accept(Json.createObjectBuilder().add("code", code).build());
        }
    }

    {
        Settings settings = new Settings(name -> Optional.ofNullable(SETTINGS.get(name)));
        servlet.requests = new Requests(settings, users);
        servlet.addresses = servlet.requests;
        servlet.bodies = new Bodies(settings, Bench.JSON, meters);
        servlet.incoming = new IncomingBodies(settings, clock, servlet.bodies, meters);
        servlet.limit = new CallLimit(settings, meters);
        servlet.handlers = new WorkerPool(task -> new Thread(task, "handler"), 4, 4, (threads, waiting) -> {});
        servlet.late = new LateRefusals(settings, clock, servlet.handlers, meters, delays);
        servlet.functions = functions;
    }

    @AfterEach
    void end() {
        functions.open.countDown();
        servlet.handlers.close();
    }

    private static FakeRequest post(String method) {
        return new FakeRequest().path("/http/router", "/a/b." + method).body("{\"a\":1}");
    }

    private FakeRequest sent(FakeRequest request) throws IOException {
        servlet.answer(request.request(), response());
        return request;
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("setStatus")) {
                        status = (int) arguments[0];
                    }
                    return switch (called.getName()) {
                        case "getOutputStream" -> new WrittenStream(written);
                        case "isCommitted" -> false;
                        default -> null;
                    };
                });
    }

    private void assertAnswered(int with, FakeRequest request) {
        Awaitility.await().until(() -> request.completed() > 0);
        assertEquals(with, status, written.toString(StandardCharsets.UTF_8));
        assertEquals(1, request.completed());
    }

    @Test
    void shouldAnswerOnAThreadOfTheHandlersWhenAllIsThere() throws IOException {
        FakeRequest request = sent(post("pub"));
        assertTrue(request.isAsync());
        request.stream().comes("{\"a\"");
        request.stream().comes(":1}");
        assertEquals(0, functions.calls);
        request.stream().ends();
        assertAnswered(200, request);
        assertEquals("{\"a\":1}", ((Payload.Json) functions.params).text());
        assertEquals("handler", functions.thread);
        Awaitility.await().until(() -> servlet.incoming.bytes() == 0);
    }

    @Test
    void shouldAskForTheUserOnAThreadOfTheHandlers() throws IOException {
        FakeRequest request = sent(post("kh").header("Authorization", "Bearer t-ann"));
        Awaitility.await().until(request.stream()::isHeard);
        request.stream().comes("{}");
        request.stream().ends();
        assertAnswered(200, request);
        assertEquals(1, users.questions);
        assertEquals("handler", users.askedOn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x.y", "/", "/a/b", "/a//b.pub"})
    void shouldRefuseAnUnknownUrlBeforeABodyIsReadOrAnybodyAsked(String path) {
        FakeRequest request =
                post("pub").path("/http/router", path).header("Authorization", "Bearer t-ann");
        assertThrows(CloudObjectException.class, () -> sent(request));
        assertFalse(request.isAsync());
        assertEquals(0, users.questions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer unknown"})
    void shouldDecideOnALoginBeforeABodyIsRead(String authorization) throws IOException {
        FakeRequest request = sent(post("kh").header("Authorization", authorization));
        Awaitility.await().until(() -> request.completed() > 0);
        assertEquals(1, functions.calls);
        assertEquals(Payload.NULL, functions.params);
        assertFalse(request.stream().isHeard());
    }

    @Test
    void shouldRefuseACallTooManyBeforeItsBodyIsRead() throws IOException {
        functions.waits = true;
        FakeRequest first = sent(post("pub"));
        first.stream().comes("{}");
        first.stream().ends();
        assertAnswered(504, first);
        FakeRequest second = post("pub");
        assertEquals(503, assertThrows(LimitExceeded.class, () -> sent(second)).code());
        assertFalse(second.isAsync());
        functions.open.countDown();
        Awaitility.await().ignoreException(LimitExceeded.class).until(() -> sent(post("pub")).isAsync());
        assertEquals(1, first.completed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "{\"a\":1e99999}", "{\"a\":\"\\ud800\"}"})
    void shouldAnswerWhatCannotBeRead(String body) throws IOException {
        FakeRequest request = sent(post("pub"));
        request.stream().comes(body);
        request.stream().ends();
        assertAnswered(400, request);
        assertEquals(0, functions.calls);
    }

    @Test
    void shouldTellWhoseBodyBreaksOffOnce() throws IOException {
        FakeRequest request = sent(post("pub"));
        request.stream().comes("{");
        request.stream().fails(new IOException("reset by peer"));
        assertAnswered(400, request);
        request.stream().fails(new IOException("again"));
        clock.advance(Duration.ofSeconds(11));
        servlet.incoming.sweep();
        assertEquals(1, request.completed());
        assertEquals(0, functions.calls);
    }

    @Test
    void shouldCountNobodyWhoIsNotThereAnyMore() throws IOException {
        for (int i = 0; i < 3; i++) {
            FakeRequest request = sent(post("kh").header("Authorization", "Bearer t-ann"));
            Awaitility.await().until(request.stream()::isHeard);
            request.stream().comes("{}");
            request.stream().ends();
            assertAnswered(200, request);
            Awaitility.await().until(() -> servlet.incoming.bytes() == 0);
        }
        servlet.handlers.close();
        for (int i = 0; i < 3; i++) {
            FakeRequest request = sent(post("kh").header("Authorization", "Bearer t-ann"));
            assertAnswered(503, request);
        }
        servlet.limit.enter("192.0.2.1", "a/b.kh");
    }

    private FakeRequest called(FakeRequest request) throws IOException {
        servlet.service(request.request(), response());
        if (request.stream().isHeard()) {
            request.stream().comes("{}");
            request.stream().ends();
        }
        return request;
    }

    private void assertDelayed(FakeRequest request) {
        Awaitility.await().until(() -> delays.size() == 1);
        Awaitility.await().until(() -> servlet.incoming.bytes() == 0);
        Awaitility.await("a place for the next call").ignoreException(LimitExceeded.class).until(() -> {
            servlet.limit.check("192.0.2.2", "a/b.pub");
            return true;
        });
        assertEquals(0, request.completed());
        delays.timeOut();
        assertAnswered(functions.code, request);
    }

    private void refusePromptly() throws IOException {
        for (int i = 0; i < LateRefusals.PROMPT.burst(); i++) {
            assertAnswered(functions.code, called(post("pub")));
            Awaitility.await().until(() -> servlet.incoming.bytes() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldDelayTheRefusalOfWhoComesAgainAtOnce(int code) throws IOException {
        functions.code = code;
        refusePromptly();
        assertDelayed(called(post("pub")));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 403, 404, 500})
    void shouldDelayNoOtherAnswer(int code) throws IOException {
        functions.code = code;
        for (int i = 0; i < 3; i++) {
            refusePromptly();
        }
        assertEquals(0, delays.size());
    }

    @Test
    void shouldDelayARefusalBeforeTheBodyToo() throws IOException {
        functions.code = 503;
        servlet.limit.enter("192.0.2.9", "a/b.kh");
        refusePromptly();
        FakeRequest request = called(post("pub"));
        assertFalse(request.stream().isHeard());
        servlet.limit.leave("192.0.2.9", "a/b.kh");
        assertDelayed(request);
    }

    @Test
    void shouldDelayNothingThatTheContainerCannot() throws IOException {
        functions.code = 503;
        servlet.limit.enter("192.0.2.9", "a/b.kh");
        refusePromptly();
        FakeRequest request = called(post("pub").synchronous());
        assertFalse(request.isAsync());
        assertEquals(503, status);
        assertEquals(0, delays.size());
    }

    @Test
    void shouldTellWhoTakesTooLong() throws IOException {
        FakeRequest request = sent(post("pub"));
        clock.advance(Duration.ofSeconds(11));
        servlet.incoming.sweep();
        assertAnswered(408, request);
    }

    @Test
    void shouldSayThatTheServerStops() throws IOException {
        servlet.handlers.close();
        FakeRequest request = sent(post("pub"));
        request.stream().comes("{}");
        request.stream().ends();
        assertAnswered(503, request);
    }
}
