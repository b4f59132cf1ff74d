package dev.cloudobjects.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a JSON text what {@link AnyValue} makes of its tree, without that tree: data of any type is what strangers can send most
 * of, and the tree would be three quarters of the work.
 *
 * <p>The text is known to be well formed. One instance reads one text, on one thread.
 */
final class AnyText {

    /** As deep as the JSON library reads. */
    private static final int MOST_DEPTH = 1000;

    private final String text;
    private int at;

    private AnyText(String text) {
        this.text = text;
    }

    /** The Java value. @throws MismatchedData when it is nested more than 1000 deep */
    static @Nullable Object read(String wellFormed) {
        return new AnyText(wellFormed).value(0);
    }

    private @Nullable Object value(int depth) {
        skipSpace();
        switch (text.charAt(at)) {
            case '{':
                return object(deeper(depth));
            case '[':
                return array(deeper(depth));
            case '"':
                return string();
            case 't':
                at += "true".length();
                return true;
            case 'f':
                at += "false".length();
                return false;
            case 'n':
                at += "null".length();
                return null;
            default:
                return number();
        }
    }

    private static int deeper(int depth) {
        if (depth == MOST_DEPTH) {
            throw new MismatchedData("data: nested too deeply", null);
        }
        return depth + 1;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> list = new ArrayList<>(2);
        if (isEmpty(']')) {
            return list;
        }
        do {
            list.add(value(depth));
        } while (hasMore());
        return list;
    }

    private Object object(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (isEmpty('}')) {
            return map;
        }
        do {
            skipSpace();
            String name = string();
            skipSpace();
            at++;
            map.put(name, value(depth));
        } while (hasMore());
        Optional<byte[]> bytes = TaggedBytes.read(map);
        return bytes.isPresent() ? bytes.get() : map;
    }

    /** Comes to the first value of a container; or behind it, when it has none. */
    private boolean isEmpty(char end) {
        at++;
        skipSpace();
        boolean empty = text.charAt(at) == end;
        if (empty) {
            at++;
        }
        return empty;
    }

    /** Comes behind a comma, or behind the end of a container. */
    private boolean hasMore() {
        skipSpace();
        return text.charAt(at++) == ',';
    }

    private String string() {
        int start = ++at;
        boolean escaped = false;
        for (char c = text.charAt(at); c != '"'; c = text.charAt(at)) {
            if (c == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        String inside = text.substring(start, at++);
        return escaped ? JsonScanner.unescape(inside) : inside;
    }

    private BigDecimal number() {
        int start = at;
        while (at < text.length() && isOfNumber(text.charAt(at))) {
            at++;
        }
        return new BigDecimal(text.substring(start, at));
    }

    private static boolean isOfNumber(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || (c | 0x20) == 'e';
    }

    private void skipSpace() {
        while (text.charAt(at) <= ' ') {
            at++;
        }
    }
}
