package dev.cloudobjects.api;

import org.jspecify.annotations.Nullable;

/**
 * How a method ended, as {@code _after} and the filters see it.
 *
 * @param res what the method returned; {@code null} when it returned nothing or failed
 * @param err what it threw; {@code null} when it returned
 */
public record Completion(@Nullable Object res, @Nullable Throwable err) {

    /** A method that returned. */
    public static Completion returned(@Nullable Object res) {
        return new Completion(res, null);
    }

    /** A method that threw. */
    public static Completion failed(Throwable err) {
        return new Completion(null, err);
    }
}
