package dev.cloudobjects.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is made of the JDK's maps, collections, texts, numbers and bytes, to the letter as JSON-B does, but without
 * choosing a serializer for each value. Whatever else is in it, it is left to JSON-B as a whole.
 */
final class PlainJson {

    /** What is nested more deeply may contain itself, which JSON-B tells. */
    private static final int MOST_DEPTH = 64;

    private final StringBuilder text = new StringBuilder();

    private PlainJson() {}

    /** The data as JSON; {@code null} when it is for JSON-B to write. */
    static @Nullable String write(Object data) {
        PlainJson json = new PlainJson();
        return json.value(data, 0) ? json.text.toString() : null;
    }

    /** Writes a value; tells whether it could. */
    private boolean value(@Nullable Object value, int depth) {
        // Ahead of all else, because lists in lists are what a message can have most of.
        if (value != null && value.getClass() == ArrayList.class && depth < MOST_DEPTH) {
            return array((ArrayList<?>) value, depth);
        }
        if (value instanceof String string) {
            quote(string);
            return true;
        }
        if (value == null || value instanceof Boolean || isNumber(value)) {
            text.append(value);
            return true;
        }
        if (value instanceof byte[] bytes) {
            text.append(TaggedBytes.write(bytes));
            return true;
        }
        if (value instanceof ByteBuffer buffer) {
            text.append(TaggedBytes.write(TaggedBytes.copy(buffer)));
            return true;
        }
        // A class of the application may say by annotations how it is written.
        if (depth == MOST_DEPTH || !isOfJdk(value.getClass())) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        return value instanceof Collection<?> list && array(list, depth);
    }

    /** What was read from a client is of the first one, so it spares the look at the name. */
    private static boolean isOfJdk(Class<?> type) {
        return type == LinkedHashMap.class || type.getName().startsWith("java.util.");
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || (value instanceof Double number && Double.isFinite(number))
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class;
    }

    private boolean object(Map<?, ?> map, int depth) {
        text.append('{');
        boolean more = false;
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                return false;
            }
            if (more) {
                text.append(',');
            }
            more = true;
            quote(name);
            text.append(':');
            if (!value(member.getValue(), depth + 1)) {
                return false;
            }
        }
        text.append('}');
        return true;
    }

    private boolean array(Collection<?> list, int depth) {
        text.append('[');
        boolean more = false;
        for (Object element : list) {
            if (more) {
                text.append(',');
            }
            more = true;
            if (!value(element, depth + 1)) {
                return false;
            }
        }
        text.append(']');
        return true;
    }

    private void quote(String string) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(string, written, i);
                escape(c);
                written = i + 1;
            }
        }
        text.append(string, written, string.length()).append('"');
    }

    private void escape(char c) {
        text.append('\\');
        switch (c) {
            case '"', '\\' -> text.append(c);
            case '\b' -> text.append('b');
            case '\f' -> text.append('f');
            case '\n' -> text.append('n');
            case '\r' -> text.append('r');
            case '\t' -> text.append('t');
            default -> text.append('u').append(HexFormat.of().toHexDigits(c));
        }
    }
}
