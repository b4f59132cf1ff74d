package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Result;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMapperWriteTest {

    private static final String TAGGED = "{\"type\":\"Buffer\",\"data\":\"AAH/\"}";
    private static final byte[] BYTES = {0, 1, -1};

    private final JsonMapper mapper = new JsonMapper(TestLimits.LIMITS);

    public record Delivered(String groupId, @Nullable String author, byte[] picture, Instant at) {}

    public record Hidden(String a) {}

    record NotPublic(String a) {}

    public record Several(String a, int b) {
        public Several(String a) {
            this(a, 1);
        }
    }

    public record One<T>(T first) {}

    public record Around(List<Map<String, NotPublic>> deep) {}

    public static class NoConstructor {
        public NoConstructor(String a) {}
    }

    private String write(@Nullable Object data) {
        return mapper.write(data).text();
    }

    @Test
    void shouldWriteRecordsWithBytesAndWithoutNulls() {
        assertEquals(
                mapper.tree(mapper.parse(
                        "{\"groupId\":\"001\",\"picture\":" + TAGGED + ",\"at\":\"1970-01-01T00:00:00Z\"}")),
                mapper.tree(mapper.write(new Delivered("001", null, BYTES, Instant.EPOCH))));
    }

    @Test
    void shouldWriteTheRowOfAConnectionUnderItsNames() {
        String row = write(new Online(
                "c", 5, "a/b", "default", "u", null, null, Set.of(), false, true, JsonValue.EMPTY_JSON_OBJECT));
        assertTrue(row.contains("\"_id\":\"c\"") && row.contains("\"user_id\":\"u\"") && row.contains("\"url\":\"a/b\"") && row.contains("\"away\":true"), row);
    }

    @Test
    void shouldKeepNullsInMaps() {
        assertEquals("{\"a\":null}", write(Collections.singletonMap("a", null)));
        assertEquals("[1,null]", write(Arrays.asList(1, null)));
    }

    @Test
    void shouldWriteAnAnswerFlat() {
        assertEquals(
                "{\"code\":0,\"msg\":\"\",\"url\":\"x\",\"none\":null}",
                write(Result.ok("url", "x").with("none", null)));
    }

    @Test
    void shouldWriteBytesAnywhere() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bytes", BYTES);
        map.put("list", List.of(BYTES, 1));
        map.put("array", new Object[] {BYTES});
        map.put("arrays", new byte[][] {BYTES});
        map.put("map", Map.of("in", BYTES));
        map.put("optional", Optional.of(BYTES));
        map.put("buffer", ByteBuffer.wrap(BYTES));
        map.put("direct", ByteBuffer.allocateDirect(3).put(BYTES).flip());
        map.put("json", Json.createObjectBuilder().add("kept", 1).build());
        assertEquals(
                ("{'bytes':F,'list':[F,1],'array':[F],'arrays':[F],'map':{'in':F},'optional':F,"
                                + "'buffer':F,'direct':F,'json':{'kept':1}}")
                        .replace('\'', '"')
                        .replace("F", TAGGED),
                write(map));
        assertEquals(TAGGED, write(BYTES));
        assertEquals(TAGGED, write(ByteBuffer.wrap(BYTES)));
    }

    @Test
    void shouldWriteWhatIsLeftInABufferAndLeaveItAlone() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 0, 1, -1, 9}, 1, 3);
        assertEquals(TAGGED, write(buffer));
        assertEquals(3, buffer.remaining());
    }

    @Test
    void shouldWriteSimpleValues() {
        assertEquals("null", write(null));
        assertEquals("null", write(JsonValue.NULL));
        assertEquals("\"é👋\\\"\"", write("é👋\""));
        assertEquals("5", write(5));
        assertEquals("{\"1\":\"a\"}", write(Map.of(1, "a")));
    }

    @Test
    void shouldReplaceHalvesOfSurrogatePairs() {
        assertEquals("\"a\uFFFDb\uFFFD👋\"", write("a\ud83db\udc4b👋"));
        assertEquals("[\"\uFFFD\"]", write(Json.createArrayBuilder().add("\ud83d").build()));
    }

    @Test
    void shouldRefuseWhatIsNoJson() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        assertThrows(JsonbException.class, () -> mapper.write(circle));
        assertThrows(JsonbException.class, () -> mapper.write(Double.NaN));
    }

    @Test
    void shouldSendBytesAsBinaryDataAndACopyOfThem() {
        Payload.Binary binary = assertInstanceOf(Payload.Binary.class, mapper.payload(BYTES));
        assertEquals(new Payload.Binary(BYTES), binary);
        assertNotSame(BYTES, binary.bytes());
        assertEquals(binary, mapper.payload(ByteBuffer.wrap(BYTES)));
        assertEquals(new Payload.Json("[1]"), mapper.payload(List.of(1)));
        assertEquals(Payload.NULL, mapper.payload(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        {"vkWebSocket":1}                    | true
        {"a":1,"vkWebSocket":{"type":"x"}}   | true
        {"\\u0076kWebSocket":1}              | true
        {"vkwebsocket":1}                    | false
        {"a":{"vkWebSocket":1}}              | false
        {"a":"vkWebSocket"}                  | false
        [{"vkWebSocket":1}]                  | false
        "vkWebSocket"                        | false
        {}                                   | false
        """)
    void shouldFindAMemberAtTheTopOnly(String json, boolean found) {
        assertEquals(found, mapper.hasTopLevel(mapper.parse(json), "vkWebSocket"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        {"uid":"x"}                         | {}
        {"a":1, "uid":"x" ,"b":{"uid":2}}   | {"a":1,"b":{"uid":2}}
        { "u\\u0069d" : "x", "\\"":1 }      | {"\\"":1}
        """)
    void shouldTakeAMemberOut(String json, String left) {
        assertEquals(left, mapper.withoutTopLevel(mapper.parse(json), "uid").text());
    }

    @Test
    void shouldRefuseToLookThroughANameThatIsThereTwice() {
        Map<Object, Object> twice = new LinkedHashMap<>();
        twice.put(1, "vkWebSocket");
        twice.put("1", 2);
        Payload.Json data = mapper.write(twice);
        assertThrows(JsonbException.class, () -> mapper.hasTopLevel(data, "vkWebSocket"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"uid\":1}}", "[\"uid\"]", "{\"a\\n\":1}", "null", "{ }"})
    void shouldGiveBackTheSameDataWhenTheMemberIsAbsent(String json) {
        Payload.Json data = mapper.parse(json);
        assertSame(data, mapper.withoutTopLevel(data, "uid"));
    }

    @Test
    void shouldTellWhatCanNotBeBound() {
        assertEquals(Optional.empty(), JsonMapper.findBindingProblem(Delivered.class));
        assertEquals(Optional.empty(), JsonMapper.findBindingProblem(Map.class));
        assertEquals(Optional.empty(), JsonMapper.findBindingProblem(int[].class));
        assertTrue(problem(NotPublic.class).endsWith("$NotPublic must be public, or JSON can't be bound to it"));
        assertTrue(problem(Around.class).contains("$NotPublic must be public"));
        assertTrue(problem(One.class).contains("component 'first'"));
        assertTrue(problem(Several.class).contains("has several constructors"));
        assertTrue(problem(NoConstructor.class).contains("has no constructor without parameters"));
        assertThrows(JsonbException.class, () -> mapper.write(new NotPublic("a")));
        assertFalse(write(new Hidden("a")).isEmpty());
    }

    private static String problem(Class<?> type) {
        return JsonMapper.findBindingProblem(type).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayOnOneLineThatAResultContainsItself(boolean list) {
        List<Object> items = new ArrayList<>();
        Map<String, Object> map = new HashMap<>();
        items.add(map);
        map.put("self", items);
        JsonbException problem = assertThrows(
                JsonbException.class, () -> new JsonMapper(TestLimits.LIMITS).write(list ? items : map));
        StringWriter printed = new StringWriter();
        problem.printStackTrace(new PrintWriter(printed));
        assertEquals(1, printed.toString().lines().count(), printed::toString);
    }
}
