package dev.cloudobjects.storage;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.function.Predicate;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Converts documents to plain JSON: dates to milliseconds since 1970, bytes to Base64, object ids and other types without
 * an equivalent in JSON to text.
 */
public final class DocumentJson {

    private DocumentJson() {}

    /** The fields whose names match the predicate. Null fields are left out, because Jakarta Persistence writes all fields. */
    public static JsonObject of(Map<String, ?> document, Predicate<String> fields) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        document.forEach((name, value) -> {
            if (value != null && fields.test(name)) {
                object.add(name, value(value));
            }
        });
        return object.build();
    }

    private static JsonValue value(@Nullable Object value) {
        if (value == null) {
            return JsonValue.NULL;
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Integer || value instanceof Long) {
            return Json.createValue(((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? Json.createValue(number) : Json.createValue(number.toString());
        }
        if (value instanceof Decimal128 number && number.isFinite()) {
            return Json.createValue(new BigDecimal(number.toString()));
        }
        if (value instanceof Date date) {
            return Json.createValue(date.getTime());
        }
        if (value instanceof Binary binary) {
            return Json.createValue(Base64.getEncoder().encodeToString(binary.getData()));
        }
        if (value instanceof Collection<?> list) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            list.forEach(element -> array.add(value(element)));
            return array.build();
        }
        if (value instanceof Map<?, ?> map) {
            JsonObjectBuilder object = Json.createObjectBuilder();
            map.forEach((name, element) -> object.add(String.valueOf(name), value(element)));
            return object.build();
        }
        return Json.createValue(value.toString());
    }
}
