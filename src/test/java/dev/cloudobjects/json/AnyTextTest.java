package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnyTextTest {

    private final JsonMapper mapper = new JsonMapper(new JsonLimits(5000, 1000, 65536, 100));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null", " true ", "\t false\r\n", "0", "-0", "-0.0", "1.50", "1e3", "1E+3", "-12.5e-7", "123456789012345678901234567890", "\"\"",
                "\"a\\\"b\\\\\"", "\"\\u6f22\\n\\/ \\ud83d\\ude00 \ud83d\ude00\"", "[]", "[ ]", "{}", "{ }", "[[],{},[[[]]]]",
                "[1 ,2, 3 ]", "[null,true,false,\"t\",-1]", "{\"a\":1}", " { \"b\" : [ { \"\\\"\" : null } ] , \"a\" : { } } ",
                "{\"type\":\"Buffer\",\"data\":\"AAH/\"}", "[{\"data\":[0,1,255],\"type\":\"Buffer\"}]", "{\"type\":\"Buffer\",\"data\":[]}",
                "{\"type\":\"Buffer\",\"data\":[256]}", "{\"type\":\"Buffer\",\"data\":[-1]}", "{\"type\":\"Buffer\",\"data\":[1.0]}",
                "{\"type\":\"Buffer\",\"data\":[1e1]}", "{\"type\":\"Buffer\",\"data\":[true]}", "{\"type\":\"Buffer\",\"data\":\"?\"}",
                "{\"type\":\"Buffer\",\"data\":null}", "{\"type\":\"Buffer\",\"data\":\"AAH/\",\"more\":1}", "{\"type\":\"buffer\",\"data\":\"AAH/\"}",
                "{\"type\":null,\"data\":\"AAH/\"}"
            })
    void shouldReadWhatTheTreeIsReadAs(String text) {
        Payload.Json data = mapper.parse(text);
        Object read = AnyText.read(text);
        Object expected = AnyValue.of(mapper.tree(data));
        assertEquals(mapper.write(expected), mapper.write(read));
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) read);
        } else if (!text.contains("255")) {
            assertEquals(expected, read);
        }
    }

    @Test
    void shouldKeepTheOrderOfMembers() {
        Map<?, ?> read = (Map<?, ?>) AnyText.read("{\"z\":1,\"a\":2,\"m\":3}");
        assertEquals(List.of("z", "a", "m"), List.copyOf(read.keySet()));
    }

    @Test
    void shouldReadAsDeepAsTheTreeAndNoDeeper() {
        AnyText.read("[".repeat(1000) + "]".repeat(1000));
        MismatchedData problem =
                assertThrows(MismatchedData.class, () -> AnyText.read("[".repeat(1001) + "]".repeat(1001)));
        assertEquals("data: nested too deeply", problem.getMessage());
    }
}
