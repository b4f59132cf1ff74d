package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.session.Bench;
import java.lang.management.ManagementFactory;
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
            Bench.JSON,
            meters);

    private String params(FakeRequest request) {
        return params(bodies, request);
    }

    private static String params(Bodies bodies, FakeRequest request) {
        return bodies.params(bodies.expect(request.request()), request.body()).text();
    }

    private int object(FakeRequest request) {
        return bodies.object(bodies.expect(request.request()), request.body()).size();
    }

    private Code refused(FakeRequest request) {
        int code = assertThrows(Refused.class, () -> params(request)).code();
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
        void shouldTakeJsonAsItIs() {
            assertEquals("{\"a\": 1.50}", params(new FakeRequest().body("{\"a\": 1.50}")));
            assertEquals("[1]", params(new FakeRequest().header("Content-Type", "Application/JSON; charset=utf-8").body("[1]")));
        }

        @Test
        void shouldTakeNothingForNothing() {
            assertEquals(Payload.NULL.text(), params(new FakeRequest()));
            assertEquals(Payload.NULL.text(), params(new FakeRequest().header("Content-Type", "text/plain")));
        }

        @Test
        void shouldTakeAForm() {
            FakeRequest form = new FakeRequest().header("Content-Type", FORM).body("a=1&b=x+y%21&a=2&c&=no");
            assertEquals("{\"a\":[\"1\",\"2\"],\"b\":\"x y!\",\"c\":\"\"}", params(form));
        }
    }

    @Nested
    class Merging {

        @Test
        void shouldPutTheBodyOverTheQuery() {
            assertEquals(
                    "{\"a\":{\"x\":1},\"b\":\"2\",\"c\":3}",
                    params(new FakeRequest().query("a=1&b=2").body("{\"c\":3,\"a\":{\"x\":1}}")));
        }

        @Test
        void shouldTakeTheQueryAlone() {
            assertEquals("{\"a\":\"界\"}", params(new FakeRequest().query("a=%E7%95%8C")));
        }

        @Test
        void shouldLeaveABodyThatIsNoObjectAlone() {
            assertEquals("[1]", params(new FakeRequest().query("a=1").body("[1]")));
        }

        @Test
        void shouldPutAFormOverTheQuery() {
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
        void shouldTakeExactlyAsManyBytesAsAllowed() {
            String fits = "\"" + "x".repeat(38) + "\"";
            assertEquals(fits, params(new FakeRequest().body(fits)));
            assertEquals(fits, params(new FakeRequest().body(fits).chunked()));
            assertEquals(Code.TOO_LARGE, refused(new FakeRequest().body(fits + " ")));
            assertEquals(1, meters.value(Meter.HTTP_BODIES_TOO_LARGE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "text/json", "multipart/form-data; boundary=x", ";", "application/jsonp"})
        void shouldTakeJsonAndFormsOnly(String type) {
            FakeRequest request = new FakeRequest().header("Content-Type", type).body("{}");
            Refused ahead = assertThrows(Refused.class, () -> bodies.expect(request.request()));
            assertEquals(Code.UNSUPPORTED_MEDIA_TYPE.value(), ahead.code());
            assertEquals(Code.UNSUPPORTED_MEDIA_TYPE, refused(request.chunked()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "nul", "{} {}", "[[[", " ", "{\"a\":1e99999}"})
        void shouldRefuseWhatIsNoJson(String body) {
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().body(body)));
        }

        @Test
        void shouldHoldTheLimitsOfJsonForParametersToo() {
            String most = IntStream.range(0, 1000).mapToObj(i -> "p" + i).collect(Collectors.joining("&"));
            params(new FakeRequest().query(most));
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().query(most + "&more")));
            assertEquals(Code.BAD_REQUEST, refused(new FakeRequest().query(most).body("{\"more\":1}")));
        }

        @Test
        void shouldRefuseVeryManyParametersBeforeTheyTakeRoom() {
            String many = "abc&".repeat(262_143) + "abc";
            Bodies all = new Bodies(Settings.defaults(), Bench.JSON, meters);
            FakeRequest form = new FakeRequest().header("Content-Type", FORM).body(many);
            long before = allocated();
            Refused refused = assertThrows(Refused.class, () -> params(all, form));
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
        void shouldRefuseWhatIsNoObjectWhereOneIsNeeded() {
            assertEquals(1, object(new FakeRequest().body("{\"a\":1}")));
            assertThrows(Refused.class, () -> object(new FakeRequest().body("[]")));
            assertThrows(Refused.class, () -> object(new FakeRequest()));
        }

        @Test
        void shouldAllowTheLargestLimitThereIs() {
            Bodies all = new Bodies(
                    new Settings(name ->
                            name.equals("cloudobjects.http.max-body") ? Optional.of(String.valueOf(1 << 30)) : Optional.empty()),
                    Bench.JSON,
                    meters);
            assertEquals("{}", params(all, new FakeRequest().body("{}")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200", "-1, 200", "7, 200", "10102, 200", "10103, 429", "400, 400", "401, 401", "403, 403", "404, 404", "405, 405",
        "413, 413", "415, 415", "429, 429", "500, 500", "501, 501", "502, 504", "503, 503", "30201, 401",
        "30204, 401", "30205, 200", "418, 200", "599, 200", "-404, 200"
    })
    void shouldGiveTheFrameworksOwnCodesAStatus(int code, int status) {
        assertEquals(status, Responses.status(code));
    }
}
