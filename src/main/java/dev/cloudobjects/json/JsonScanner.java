package dev.cloudobjects.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a JSON text in one pass, without recursion and without building a tree, and notes where the members of its
 * root object are. Strict: RFC 8259, one value, no name twice in an object, no half of a surrogate pair.
 *
 * <p>One instance reads one text, on one thread.
 */
public final class JsonScanner {

    /** More digits than any decimal format needs; beyond, a few characters could stand for gigabytes of digits. */
    private static final int MAX_EXPONENT_DIGITS = 4;

    private final String text;
    private final JsonLimits limits;
    private final List<JsonOutline.Member> members = new ArrayList<>();
    /** The containers that are open: the names so far of an object, {@code null} for an array. */
    private final List<@Nullable Set<String>> open = new ArrayList<>();

    private char first;
    private int at;
    private int keys;
    private int elements;
    private String memberName = "";
    private int memberStart;

    /** A scanner of one text. */
    public JsonScanner(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /**
     * Reads a text to its end.
     *
     * @throws MalformedMessage at the first fault or exceeded limit
     */
    public static JsonOutline scan(String text, JsonLimits limits) {
        return new JsonScanner(text, limits).scan();
    }

    /** The same; of a text that is malformed, {@link #outline} then tells what came ahead of the fault. */
    public JsonOutline scan() {
        skipSpace();
        first = current();
        boolean more = true;
        while (more) {
            more = begin() || proceed();
        }
        skipSpace();
        if (at < text.length()) {
            throw malformed("expected the end of the text");
        }
        return outline();
    }

    /** What has been read so far. */
    public JsonOutline outline() {
        return new JsonOutline(first, members);
    }

    /** Reads a value, or the head of a container up to its first value; tells whether a value is to follow. */
    private boolean begin() {
        char c = current();
        switch (c) {
            case '{' -> {
                return enter(new HashSet<>(), '}');
            }
            case '[' -> {
                return enter(null, ']');
            }
            case '"' -> string(false);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number(c);
        }
        return false;
    }

    private boolean enter(@Nullable Set<String> names, char end) {
        if (open.size() == limits.maxDepth()) {
            throw new MalformedMessage("JSON is nested deeper than " + limits.maxDepth() + ", at position " + at);
        }
        at++;
        skipSpace();
        if (current() == end) {
            at++;
            return false;
        }
        open.add(names);
        next(names);
        return true;
    }

    /** After a value: closes what ends here; tells whether another value is to follow. */
    private boolean proceed() {
        while (!open.isEmpty()) {
            Set<String> names = open.get(open.size() - 1);
            if (names != null && open.size() == 1) {
                members.add(new JsonOutline.Member(memberName, text, memberStart, at));
            }
            skipSpace();
            char c = current();
            if (c == ',') {
                at++;
                skipSpace();
                next(names);
                return true;
            }
            if (c != (names == null ? ']' : '}')) {
                throw malformed(names == null ? "expected ',' or ']'" : "expected ',' or '}'");
            }
            at++;
            open.remove(open.size() - 1);
        }
        return false;
    }

    /** Comes to the next value of a container: of an object, by its name. */
    private void next(@Nullable Set<String> names) {
        if (names != null) {
            name(names);
        } else if (++elements > limits.maxElements()) {
            throw new MalformedMessage(
                    "JSON has more than " + limits.maxElements() + " elements in lists, at position " + at);
        }
    }

    private void name(Set<String> names) {
        int start = at;
        if (current() != '"') {
            throw malformed("expected a name in double quotes");
        }
        if (++keys > limits.maxKeys()) {
            throw new MalformedMessage("JSON has more than " + limits.maxKeys() + " keys, at position " + start);
        }
        String name = string(true);
        if (!names.add(name)) {
            at = start;
            throw malformed("the same name twice in one object");
        }
        skipSpace();
        if (current() != ':') {
            throw malformed("expected ':'");
        }
        at++;
        skipSpace();
        if (open.size() == 1) {
            memberName = name;
            memberStart = at;
        }
    }

    /** Reads a string; its value is worked out only when {@code wanted}, otherwise the result is empty. */
    private String string(boolean wanted) {
        int start = ++at;
        boolean escaped = false;
        boolean lowIsDue = false;
        for (char c = current(); c != '"'; c = current()) {
            if (c < 0x20) {
                throw malformed("a control character in a string");
            }
            if (c == '\\') {
                escaped = true;
                c = escape();
            }
            if (Character.isLowSurrogate(c) != lowIsDue) {
                throw malformed("half of a surrogate pair");
            }
            lowIsDue = Character.isHighSurrogate(c);
            at++;
        }
        if (lowIsDue) {
            throw malformed("half of a surrogate pair");
        }
        int end = at++;
        if (!wanted) {
            return "";
        }
        return escaped ? unescape(text.substring(start, end)) : text.substring(start, end);
    }

    /** Reads an escape up to its last character; gives what it stands for. */
    private char escape() {
        at++;
        char kind = current();
        if (kind != 'u') {
            int index = "\"\\/bfnrt".indexOf(kind);
            if (index < 0) {
                throw malformed("an unknown escape");
            }
            return "\"\\/\b\f\n\r\t".charAt(index);
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            at++;
            int digit = Character.digit(current(), 16);
            // Character.digit also knows digits of other scripts.
            if (digit < 0 || current() > 'f') {
                throw malformed("expected four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** What the inside of a string stands for; it is known to be well formed. */
    public static String unescape(String inside) {
        JsonScanner scanner = new JsonScanner(inside, new JsonLimits(1, 1, 1, 1));
        StringBuilder result = new StringBuilder(inside.length());
        for (; scanner.at < inside.length(); scanner.at++) {
            char c = scanner.current();
            result.append(c == '\\' ? scanner.escape() : c);
        }
        return result.toString();
    }

    private void literal(String literal) {
        if (!text.startsWith(literal, at)) {
            throw malformed("expected a value");
        }
        at += literal.length();
    }

    private void number(char first) {
        int start = at;
        if (first == '-') {
            at++;
        } else if (first < '0' || first > '9') {
            throw malformed("expected a value");
        }
        if (at < text.length() && text.charAt(at) == '0') {
            at++;
        } else {
            digits(start);
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits(start);
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (digits(start) > MAX_EXPONENT_DIGITS) {
                throw malformed("an exponent of more than " + MAX_EXPONENT_DIGITS + " digits");
            }
        }
    }

    /** Reads one digit or more; tells how many. */
    private int digits(int start) {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            if (++at - start > limits.maxNumberLength()) {
                throw new MalformedMessage("JSON has a number longer than " + limits.maxNumberLength()
                        + " characters, at position " + start);
            }
        }
        if (at == from) {
            throw malformed("expected a digit");
        }
        return at - from;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char current() {
        if (at >= text.length()) {
            throw malformed("the text ends too early");
        }
        return text.charAt(at);
    }

    private MalformedMessage malformed(String problem) {
        return new MalformedMessage("malformed JSON at position " + at + ": " + problem);
    }
}
