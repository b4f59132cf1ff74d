package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Raw.Answer;
import dev.cloudobjects.it.client.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * By its request id clients tell a failure of the server's from what a gateway answers in its place, so each failure at each
 * address has one. The addresses are those of the servlets and filters that the application declares, and of its OpenAPI.
 */
class FailureShapeIT extends FromOutside {

    private static final Client NOBODY = Client.anonymous();
    private static final String ANYTHING = "/*";

    /** What can be wrong with a request, whoever it is for. */
    enum Wrong {
        METHOD_GET(path -> bare("GET " + path)),
        METHOD_PUT(path -> bare("PUT " + path)),
        METHOD_DELETE(path -> bare("DELETE " + path)),
        METHOD_PATCH(path -> bare("PATCH " + path)),
        METHOD_UNKNOWN(path -> bare("FOO " + path)),
        METHOD_OPTIONS(path -> bare("OPTIONS " + path)),
        NOTHING_THERE(path -> post(path + "/no/such.thing", Map.of(), "{}")),
        QUERY(path -> post(path + "?a=%zz", Map.of(), "{}")),
        TYPE(path -> post(path, Map.of("Content-Type", "text/plain"), "{}")),
        BODY(path -> post(path, Map.of(), "{")),
        BYTES(path -> post(path, Map.of(), "\u0000")),
        NO_OBJECT(path -> post(path, Map.of(), "7")),
        ORIGIN(path -> post(path, Map.of("Origin", "http://evil.example"), "{}")),
        TOKEN(path -> post(path, Map.of("uni-id-token", "forged"), "{}")),
        PLATFORM(path -> post(path, Map.of("vk-platform", "x".repeat(1000)), "{}")),
        LENGTH(path -> bare("POST " + path, "Content-Type", "application/json", "Content-Length", "99999999")),
        UPGRADE(path -> bare("GET " + path, "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "12"));

        private final Function<String, Answer> request;

        Wrong(Function<String, Answer> request) {
            this.request = request;
        }
    }

    private static Answer post(String path, Map<String, String> headers, String body) {
        try (Raw raw = Raw.post(path, headers, body)) {
            return raw.answer();
        }
    }

    private static Answer bare(String request, String... headers) {
        Map<String, String> all = headers.length == 0
                ? Map.of("Connection", "close", "Content-Length", "0")
                : new java.util.LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        try (Raw raw = Raw.exchange(request, all)) {
            return raw.answer();
        }
    }

    /** A path for each pattern; the filter of everything says nothing of an address of its own. */
    static Set<String> addresses() {
        Set<String> patterns = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.cloudobjects")) {
            type.tryGetAnnotationOfType(WebServlet.class).ifPresent(servlet -> patterns.addAll(all(servlet.value(), servlet.urlPatterns())));
            type.tryGetAnnotationOfType(WebFilter.class).ifPresent(filter -> patterns.addAll(all(filter.value(), filter.urlPatterns())));
        }
        assertTrue(patterns.containsAll(Set.of("/connect", "/connect/keys", "/http/router/*", "/ws/*", "/error")), patterns.toString());
        patterns.remove(ANYTHING);
        Set<String> addresses = new TreeSet<>();
        patterns.forEach(pattern -> addresses.add(pattern.replaceFirst("/\\*$", "")));
        addresses.addAll(Set.of("/http/router/it/pub.nothing", "/ws/it/pub.nothing", "/index.html", "/nothing/here"));
        return addresses;
    }

    private static List<String> all(String[] some, String[] others) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toList();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void shouldNameEachFailureAtEachAddress(String address) {
        for (Wrong wrong : Wrong.values()) {
            Answer answer = wrong.request.apply(address);
            if (answer.status() >= 400 || answer.body().startsWith("{")) {
                assertShape(answer.body(), wrong + " " + address + " " + answer);
            }
        }
    }

    @Test
    void shouldNameEachFailureOfEachMethodThatClientsCanCall() {
        JsonObject paths = NOBODY.get("/openapi?format=JSON").json().getJsonObject("paths");
        assertTrue(paths.size() > 20, paths.keySet().toString());
        paths.forEach((path, item) -> {
            // A login is asked for before the body is read; /connect learns from the body whether it needs one.
            boolean login = !path.equals("/connect")
                    && item.asJsonObject().getJsonObject("post").containsKey("security");
            Reply broken = NOBODY.post(path, "{");
            assertEquals(!login, broken.code() == 400, path + " answered " + broken.text());
            assertNotEquals(0, broken.code(), path);
            assertShape(broken.text(), path);
        });
    }

    /** Whatever a method returns as its code and its request id. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':5}", "{'code':-1,'msg':'no'}", "{'code':0.5}", "{'code':4294967296}", "{'code':1e99}",
                "{'code':5,'requestId':''}", "{'code':5,'requestId':7}", "{'code':5,'requestId':null}", "{'code':404,'msg':null}",
                "{'code':5,'requestId':'own'}"
            })
    void shouldNameAFailureThatAMethodReturns(String returned) {
        Reply reply = NOBODY.post("/http/router/it/pub.data.object", returned.replace('\'', '"'));
        JsonObject answer = assertShape(reply.text(), returned);
        assertEquals(returned.contains("own"), answer.getString("requestId").equals("own"), answer.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'code':null,'a':1}|false", "{'a':1}|false", "{'code':'DE','a':1}|true", "{'code':[7],'a':1}|true", "{'code':true,'a':1}|true"})
    void shouldTakeACodeThatIsNoNumberForData(String returned, boolean asData) {
        String body = returned.replace('\'', '"');
        JsonObject answer = NOBODY.post("/http/router/it/pub.data.object", body).ok().json();
        assertFalse(answer.containsKey("requestId"), answer.toString());
        JsonObject data = asData ? answer.getJsonObject("data") : answer;
        assertEquals(1, data.getInt("a"));
        if (asData) {
            assertEquals(read(body), data);
        }
    }

    private static JsonObject read(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static JsonObject assertShape(String body, String what) {
        assertTrue(body.startsWith("{"), what);
        JsonObject answer = read(body);
        assertEquals(JsonValue.ValueType.NUMBER, answer.get("code").getValueType(), what);
        if (answer.getJsonNumber("code").doubleValue() != 0) {
            assertTrue(answer.containsKey("msg"), what);
            assertTrue(answer.get("requestId") instanceof JsonString id && !id.getString().isEmpty(), what);
        }
        return answer;
    }
}
