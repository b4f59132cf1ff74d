package dev.cloudobjects.observe.microprofile;

import dev.cloudobjects.json.Shape;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Derives the JSON schema of a Java type. Where the type is unknown, the schema accepts any value. */
final class Schemas {

    /** Deeper nested types, which may be recursive, accept any value. */
    private static final int MAX_DEPTH = 8;

    private static final Set<Class<?>> WHOLE = Set.of(
            byte.class, Byte.class, short.class, Short.class, int.class, Integer.class, long.class, Long.class,
            BigInteger.class);
    private static final Set<Class<?>> FRACTIONS = Set.of(
            float.class, Float.class, double.class, Double.class, BigDecimal.class, Number.class, JsonNumber.class);
    private static final Set<Class<?>> TEXTS =
            Set.of(String.class, CharSequence.class, char.class, Character.class, JsonString.class);

    private Schemas() {}

    /** The schema of a type. */
    static Schema of(Type type) {
        return of(Shape.of(type), 0);
    }

    private static Schema of(Shape shape, int depth) {
        Class<?> raw = shape.raw();
        Schema schema = OASFactory.createSchema();
        if (depth > MAX_DEPTH || raw == Object.class || shape.hasOwnRules() || raw == JsonValue.class) {
            return schema;
        }
        return simple(raw)
                .map(kind -> schema.addType(kind))
                .orElseGet(() -> compound(shape, raw, depth, schema));
    }

    private static Optional<SchemaType> simple(Class<?> raw) {
        if (WHOLE.contains(raw)) {
            return Optional.of(SchemaType.INTEGER);
        }
        if (FRACTIONS.contains(raw)) {
            return Optional.of(SchemaType.NUMBER);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Optional.of(SchemaType.BOOLEAN);
        }
        // JSON-B converts other JDK types, such as dates, to text.
        boolean textual = TEXTS.contains(raw) || raw.getName().startsWith("java.time.") || raw.getName().startsWith("java.net.");
        return textual ? Optional.of(SchemaType.STRING) : Optional.empty();
    }

    private static Schema compound(Shape shape, Class<?> raw, int depth, Schema schema) {
        if (raw == byte[].class || raw == ByteBuffer.class) {
            return schema.addType(SchemaType.OBJECT)
                    .description("Bytes")
                    .addProperty("type", text().addEnumeration("Buffer"))
                    .addProperty("data", text().format("byte"))
                    .required(List.of("type", "data"));
        }
        if (raw.isEnum()) {
            return schema.addType(SchemaType.STRING)
                    .enumeration(Arrays.stream(raw.getEnumConstants())
                            .<Object>map(constant -> ((Enum<?>) constant).name())
                            .toList());
        }
        if (raw == JsonArray.class) {
            return schema.addType(SchemaType.ARRAY);
        }
        if (raw.isArray()) {
            Type element = shape.type() instanceof GenericArrayType generic
                    ? generic.getGenericComponentType()
                    : raw.getComponentType();
            return schema.addType(SchemaType.ARRAY).items(of(shape.inner(element), depth + 1));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return schema.addType(SchemaType.ARRAY).items(of(shape.argument(0), depth + 1));
        }
        if (raw == Optional.class) {
            return of(shape.argument(0), depth + 1);
        }
        schema.addType(SchemaType.OBJECT);
        if (raw == JsonObject.class) {
            return schema;
        }
        if (Map.class.isAssignableFrom(raw)) {
            return schema.additionalPropertiesSchema(of(shape.argument(1), depth + 1));
        }
        shape.members().forEach((name, member) -> schema.addProperty(name, of(member, depth + 1)));
        return schema;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
