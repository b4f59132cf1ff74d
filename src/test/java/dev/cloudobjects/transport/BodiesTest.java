package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.Payload;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.ManualClock;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Meters meters = new Meters();
    private final Bodies bodies = new Bodies(
            new Settings(name -> name.equals("cloudobjects.http.max-body") ? Optional.of("40") : Optional.empty()),
            new ManualClock(),
            Bench.JSON,
            meters);

    private String params(FakeRequest request) throws Exception {
        return bodies.params(request.request()).text();
    }

    private Code refused(FakeRequest request) {
        int code = assertThrows(Refused.class, () -> bodies.params(request.request())).code();
        for (Code known : Code.values()) {
            if (known.value() == code) {
                return known;
            }
        }
        throw new AssertionError("code " + code);
    }

    @Nested
    class Reading {

        @Test
        void shouldTakeJsonAsItIs() throws Exception {
            assertEquals("{\"a\": 1.50}", params(new FakeRequest().body("{\"a\": 1.50}")));
            assertEquals("[1]", params(new FakeRequest().header("Content-Type", "Application/JSON; charset=utf-8").body("[1]")));
        }

        @Test
        void shouldTakeNothingForNothing() throws Exception {
            assertEquals(Payload.NULL.text(), params(new FakeRequest()));
            assertEquals(Payload.NULL.text(), params(new FakeRequest().header("Content-Type", "text/plain")));
        }

        @Test
        void shouldTakeAForm() throws Exception {
            FakeRequest form = new FakeRequest().header("Content-Type", FORM).body("a=1&b=x+y%21&a=2&c&=no");
            assertEquals("{\"a\":[\"1\",\"2\"],\"b\":\"x y!\",\"c\":\"\"}", params(form));
        }
    }

    @Nested
    class Slowness {

        private final ManualClock clock = new ManualClock();
        private final Bodies patient = new Bodies(Settings.defaults(), clock, Bench.JSON, meters);

        private String read(Duration each) throws Exception {
            String body = "{\"a\":1}";
            return patient.params(new FakeRequest().body(body).reading(1, () -> clock.advance(each)).request()).text();
        }

        @Test
        void shouldWaitForAWhile() throws Exception {
            assertEquals("{\"a\":1}", read(Duration.ofSeconds(1)));
        }

        @Test
        void shouldGiveUpOnABodyThatComesInDrops() {
            assertEquals(408, assertThrows(Refused.class, () -> read(Duration.ofSeconds(2))).code());
            assertEquals(1, meters.value(Meter.HTTP_BODIES_UNFINISHED));
        }

        @Test
        void shouldGiveUpWithTheContainer() {
            FakeRequest request = new FakeRequest().body("{}").failing(new SocketTimeoutException());
            assertEquals(408, assertThrows(Refused.class, () -> patient.params(request.request())).code());
            assertEquals(1, meters.value(Meter.HTTP_BODIES_UNFINISHED));
        }
    }

    @Nested
    class Merging {

        @Test
        void shouldPutTheBodyOverTheQuery() throws Exception {
            assertEquals(
                    "{\"a\":{\"x\":1},\"b\":\"2\",\"c\":3}",
                    params(new FakeRequest().query("a=1&b=2").body("{\"c\":3,\"a\":{\"x\":1}}")));
        }

        @Test
        void shouldTakeTheQueryAlone() throws Exception {
            assertEquals("{\"a\":\"界\"}", params(new FakeRequest().query("a=%E7%95%8C")));
        }

        @Test
        void shouldLeaveABodyThatIsNoObjectAlone() throws Exception {
            assertEquals("[1]", params(new FakeRequest().query("a=1").body("[1]")));
        }

        @Test
        void shouldPutAFormOverTheQuery() throws Exception {
            assertEquals(
                    "{\"a\":\"2\",\"b\":\"1\"}",
                    params(new FakeRequest().query("a=1&b=1").header("Content-Type", FORM).body("a=2")));
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "TRACE", "post"})
        void shouldTakePostsOnly(String method) {
            assertEquals(Code.METHOD_NOT_ALLOWED, refused(new FakeRequest().method(method)));
        }

        @Test
        void shouldTakeExactlyAsManyBytesAsAllowed() throws Exception {
            String fits = "\"" + "x".repeat(38) + "\"";
            assertEquals(fits, params(new FakeRequest().body(fits)));
            assertEquals(fits, params(new FakeRequest().body(fits).chunked()));
            assertEquals(Code.TOO_LARGE, refused(new FakeRequest().body(fits + " ")));
            assertEquals(Code.TOO_LARGE, refused(new FakeRequest().body(fits + " ").chunked()));
            assertEquals(2, meters.value(Meter.HTTP_BODIES_TOO_LARGE));
            assertEquals(0, meters.value(Meter.HTTP_BODIES_UNFINISHED));
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "text/json", "multipart/form-data; boundary=x", ";", "application/jsonp"})
        void shouldTakeJsonAndFormsOnly(String type) {
            assertEquals(
                    Code.UNSUPPORTED_MEDIA_TYPE, refused(new FakeRequest().header("Content-Type", type).body("{}")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "nul", "{} {}", "[[[", " ", "{\"a\":1e99999}"})
        void shouldRefuseWhatIsNoJson(String body) {
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().body(body)));
        }

        @Test
        void shouldHoldTheLimitsOfJsonForParametersToo() throws Exception {
            String most = IntStream.range(0, 1000).mapToObj(i -> "p" + i).collect(Collectors.joining("&"));
            params(new FakeRequest().query(most));
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().query(most + "&more")));
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().query(most).body("{\"more\":1}")));
        }

        @Test
        void shouldRefuseVeryManyParametersBeforeTheyTakeRoom() {
            String many = "abc&".repeat(262_143) + "abc";
            Bodies all = new Bodies(Settings.defaults(), new ManualClock(), Bench.JSON, meters);
            FakeRequest form = new FakeRequest().header("Content-Type", FORM).body(many);
            long before = allocated();
            Refused refused = assertThrows(Refused.class, () -> all.params(form.request()));
            long taken = allocated() - before;
            assertEquals("there are more than 1000 parameters", refused.getMessage());
            // The body itself, as it grows and as a text.
            assertTrue(taken < 10_000_000, "took " + taken + " bytes");
        }

        private static long allocated() {
            return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
        }

        @Test
        void shouldRefuseWrongPercentEncoding() {
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().query("a=%zz")));
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().header("Content-Type", FORM).body("a=%1")));
        }

        @Test
        void shouldRefuseWhatIsNoObjectWhereOneIsNeeded() throws Exception {
            assertEquals(1, bodies.object(new FakeRequest().body("{\"a\":1}").request()).size());
            assertThrows(Refused.class, () -> bodies.object(new FakeRequest().body("[]").request()));
            assertThrows(Refused.class, () -> bodies.object(new FakeRequest().request()));
        }

        @Test
        void shouldAllowTheLargestLimitThereIs() throws Exception {
            Bodies all = new Bodies(
                    new Settings(name ->
                            name.equals("cloudobjects.http.max-body") ? Optional.of("2147483647") : Optional.empty()),
                    new ManualClock(),
                    Bench.JSON,
                    meters);
            assertEquals("{}", all.params(new FakeRequest().body("{}").request()).text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200", "-1, 200", "7, 200", "10102, 200", "10103, 429", "400, 400", "401, 401", "403, 403", "404, 404", "405, 405",
        "413, 413", "415, 415", "429, 429", "500, 500", "501, 501", "502, 504", "503, 503", "30201, 401",
        "30204, 401", "30205, 200", "418, 200", "599, 200", "-404, 200"
    })
    void shouldGiveTheFrameworksOwnCodesAStatus(int code, int status) {
        assertEquals(status, Replies.status(code));
    }
}
