package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.json.JsonValue;

/** The scanner takes nothing that a library for JSON does not take, and both see the same in it. */
class JsonFuzzTest {

    private static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));

    @FuzzTest
    void shouldTakeOnlyJson(byte[] utf8) {
        Payload.Json taken;
        try {
            taken = JSON.parse(utf8);
        } catch (MalformedMessage e) {
            return;
        }
        JsonValue tree = JSON.tree(taken);
        JsonOutline outline = JsonScanner.scan(taken.text(), JSON.limits());
        if (tree.getValueType() == JsonValue.ValueType.OBJECT) {
            tree.asJsonObject().forEach((name, value) -> assertEquals(
                    value, JSON.tree(new Payload.Json(outline.find(name).value())), name));
        }
        Object any = JSON.read(taken, Object.class);
        assertEquals(JSON.write(AnyValue.of(tree)), JSON.write(any));
    }
}
