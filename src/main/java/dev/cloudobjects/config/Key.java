package dev.cloudobjects.config;

import java.util.function.Function;

/**
 * A configuration key.
 *
 * @param name its name in MicroProfile Config
 * @param defaultText its default as one would write it; empty for none
 * @param kind what kind of value it takes, for people
 * @param meaning what it does, in a sentence
 * @param parser turns the text into the value; throws IllegalArgumentException saying what is expected
 */
public record Key<T>(String name, String defaultText, String kind, String meaning, Function<String, T> parser) {

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException naming the key, the text and what was expected
     */
    public T parse(String text) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    name + " = '" + text + "' is not valid: expected " + kind
                            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"),
                    e);
        }
    }
}
