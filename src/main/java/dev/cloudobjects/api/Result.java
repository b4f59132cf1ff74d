package dev.cloudobjects.api;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the usual shape, {@code {code, msg, …}}. Immutable; {@link #with} gives a new one.
 *
 * <p>Callable methods need not use it: an object without a {@code code} gets {@code code: 0, msg: ""} added, and a
 * value that is not an object travels as {@code data}.
 */
public final class Result extends AbstractMap<String, @Nullable Object> {

    private final Map<String, @Nullable Object> fields;

    private Result(Map<String, @Nullable Object> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** Success. */
    public static Result ok() {
        return of(Code.OK.value(), "");
    }

    /** Success with one more field. */
    public static Result ok(String name, @Nullable Object value) {
        return ok().with(name, value);
    }

    /** A failure with the code's own message. */
    public static Result fail(Code code) {
        return of(code.value(), code.message());
    }

    /** A failure, or with code 0 a success, with a message. */
    public static Result of(int code, String msg) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("msg", msg);
        return new Result(fields);
    }

    /** The same answer with one more field, or another value for one it has. */
    public Result with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
        copy.put(name, value);
        return new Result(copy);
    }

    /** The code; 0 is success. */
    public int code() {
        return fields.get("code") instanceof Number number ? number.intValue() : Code.OK.value();
    }

    /** The message. */
    public String msg() {
        return String.valueOf(fields.get("msg"));
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return fields.entrySet();
    }
}
