package dev.cloudobjects.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Object} is read as: text, {@code BigDecimal}, {@code Boolean}, {@code null}, {@code Map}, {@code List},
 * as JSON-B has it, and {@code byte[]} for bytes in their tagged form. Maps keep the order of the text.
 */
final class AnyValue implements JsonbDeserializer<Object> {

    // JSON-B lets a deserializer give null, its interface is not annotated for it.
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context, Type type) {
        return of(parser.getValue());
    }

    /** The Java value of a JSON value; no deeper than the value, which came through limits or from the application. */
    static @Nullable Object of(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> ((JsonNumber) value).bigDecimalValue();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case ARRAY -> list((JsonArray) value);
            case OBJECT -> {
                var bytes = TaggedBytes.read(value);
                yield bytes.isPresent() ? bytes.get() : map((JsonObject) value);
            }
        };
    }

    private static List<@Nullable Object> list(JsonArray array) {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        for (JsonValue element : array) {
            list.add(of(element));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonObject object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.forEach((name, value) -> map.put(name, of(value)));
        return map;
    }
}
