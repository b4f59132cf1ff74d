package dev.cloudobjects.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.lang.reflect.GenericArrayType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Checks that data fits a Java type before JSON-B binds it, and says where it does not.
 *
 * <p>JSON-B alone would not do: it takes 3000000000 for an {@code int} and makes it negative, cuts 1.5 to 1, reads the
 * text "yes" as {@code false}, and names Java classes where it refuses. A number or a truth value may be written as a
 * text, because that is all that a query can carry.
 */
final class ShapeCheck {

    private static final Map<Class<?>, long[]> WHOLE = Map.of(
            byte.class, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
            Byte.class, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
            short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            Short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            int.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            Integer.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            OptionalInt.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            Long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            OptionalLong.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});

    private static final List<Class<?>> DECIMAL = List.of(
            double.class, Double.class, float.class, Float.class, OptionalDouble.class, BigDecimal.class, Number.class);

    private static final Map<Class<?>, Number> MOST = Map.of(
            double.class, Double.MAX_VALUE,
            Double.class, Double.MAX_VALUE,
            OptionalDouble.class, Double.MAX_VALUE,
            float.class, Float.MAX_VALUE,
            Float.class, Float.MAX_VALUE);

    private static final int MAX_PLACE = 100;

    private final BiPredicate<JsonValue, Shape> binds;
    private final List<Leaf> leaves = new ArrayList<>();

    private record Leaf(String path, JsonValue value, Shape shape) {}

    /** @param binds whether JSON-B can bind a value to a type; asked only for values that nothing else is known of */
    ShapeCheck(BiPredicate<JsonValue, Shape> binds) {
        this.binds = binds;
    }

    /** @throws MismatchedData at the first place where the value does not fit */
    void check(JsonValue value, Shape shape) {
        check("", value, shape);
    }

    /** Where binding failed though the check had passed: the first value, like a wrong date, that fails by itself. */
    MismatchedData explain(RuntimeException failure) {
        for (Leaf leaf : leaves) {
            if (!binds.test(leaf.value(), leaf.shape())) {
                return new MismatchedData(place(leaf.path()) + "this value is not valid here", failure);
            }
        }
        return new MismatchedData("the data is not valid here", failure);
    }

    private void check(String path, JsonValue value, Shape shape) {
        Class<?> raw = shape.raw();
        if (raw == Object.class) {
            return;
        }
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            expect(!raw.isPrimitive(), path, raw == boolean.class ? "true or false" : "a value", value);
        } else if (shape.hasOwnRules()) {
            leaves.add(new Leaf(path, value, shape));
        } else if (JsonValue.class.isAssignableFrom(raw)) {
            expect(raw.isInstance(value), path, kind(raw), value);
        } else if (WHOLE.containsKey(raw)) {
            long[] range = WHOLE.get(raw);
            expect(isWhole(value, range), path, "a whole number from " + range[0] + " to " + range[1], value);
        } else if (raw == BigInteger.class) {
            expect(isDecimal(value), path, "a whole number", value);
            leaves.add(new Leaf(path, value, shape));
        } else if (DECIMAL.contains(raw)) {
            expect(isDecimal(value), path, "a number", value);
            Number most = MOST.get(raw);
            expect(most == null || isWithin(value, most), path, "a number from -" + most + " to " + most, value);
        } else if (raw == boolean.class || raw == Boolean.class) {
            expect(isTruth(value), path, "true or false", value);
        } else if (CharSequence.class.isAssignableFrom(raw)) {
            expect(value instanceof JsonString, path, "a text", value);
        } else if (raw == char.class || raw == Character.class) {
            expect(value instanceof JsonString text && text.getString().length() == 1, path, "one character", value);
        } else if (raw.isEnum()) {
            expect(isConstant(value, raw), path, "one of " + constants(raw), value);
        } else if (raw == byte[].class || raw == ByteBuffer.class) {
            expect(TaggedBytes.read(value).isPresent(), path, "bytes", value);
        } else if (raw == Optional.class) {
            check(path, value, shape.argument(0));
        } else if (raw.isArray()) {
            Shape element = shape.inner(
                    shape.type() instanceof GenericArrayType array
                            ? array.getGenericComponentType()
                            : raw.getComponentType());
            elements(path, value, element);
        } else if (Collection.class.isAssignableFrom(raw)) {
            elements(path, value, shape.argument(0));
        } else if (Map.class.isAssignableFrom(raw)) {
            expect(value instanceof JsonObject, path, "an object", value);
            value.asJsonObject().forEach((name, member) -> check(join(path, name), member, shape.argument(1)));
        } else if (shape.hasMembers()) {
            members(path, value, shape);
        } else {
            // Dates and the like.
            leaves.add(new Leaf(path, value, shape));
        }
    }

    private void elements(String path, JsonValue value, Shape element) {
        expect(value instanceof JsonArray, path, "a list", value);
        JsonArray array = value.asJsonArray();
        for (int i = 0; i < array.size(); i++) {
            check(path + '[' + i + ']', array.get(i), element);
        }
    }

    private void members(String path, JsonValue value, Shape shape) {
        expect(value instanceof JsonObject, path, "an object", value);
        JsonObject object = value.asJsonObject();
        shape.members().forEach((name, member) -> {
            JsonValue inside = object.get(name);
            if (inside != null) {
                check(join(path, name), inside, member);
            }
        });
    }

    private static boolean isWhole(JsonValue value, long[] range) {
        try {
            long number;
            if (value instanceof JsonNumber digits) {
                number = digits.bigDecimalValue().longValueExact();
            } else if (value instanceof JsonString text) {
                number = Long.parseLong(text.getString());
            } else {
                return false;
            }
            return number >= range[0] && number <= range[1];
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDecimal(JsonValue value) {
        return value instanceof JsonNumber
                || (value instanceof JsonString text && text.getString().matches("-?\\d{1,100}(\\.\\d{1,100})?"));
    }

    private static boolean isWithin(JsonValue value, Number most) {
        BigDecimal number = value instanceof JsonNumber digits
                ? digits.bigDecimalValue()
                : new BigDecimal(((JsonString) value).getString());
        return Double.isFinite(most instanceof Float ? number.floatValue() : number.doubleValue());
    }

    private static boolean isTruth(JsonValue value) {
        return value.getValueType() == JsonValue.ValueType.TRUE
                || value.getValueType() == JsonValue.ValueType.FALSE
                || (value instanceof JsonString text && List.of("true", "false").contains(text.getString()));
    }

    private static boolean isConstant(JsonValue value, Class<?> type) {
        return value instanceof JsonString text
                && Arrays.stream(type.getEnumConstants())
                        .anyMatch(constant -> ((Enum<?>) constant).name().equals(text.getString()));
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
    }

    private static String kind(Class<?> type) {
        if (type == JsonObject.class) {
            return "an object";
        }
        if (type == JsonArray.class) {
            return "a list";
        }
        if (type == JsonStructure.class) {
            return "an object or a list";
        }
        return type == JsonString.class ? "a text" : "a number";
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    private static String place(String path) {
        // Names in a map are the client's own words, of any length.
        String shown = path.length() <= MAX_PLACE ? path : path.substring(0, MAX_PLACE) + '…';
        return (shown.isEmpty() ? "data" : shown) + ": ";
    }

    private static void expect(boolean fits, String path, String expected, JsonValue found) {
        if (!fits) {
            throw new MismatchedData(place(path) + "expected " + expected + ", found " + describe(found), null);
        }
    }

    private static String describe(JsonValue found) {
        return switch (found.getValueType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> found.toString().length() <= 24 ? found.toString() : "a number";
            case TRUE -> "true";
            case FALSE -> "false";
            case NULL -> "null";
        };
    }
}
