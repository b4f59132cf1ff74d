package dev.cloudobjects.config;

import java.util.function.Function;

/**
 * A setting: its key, type, default and documentation.
 *
 * @param name the key in MicroProfile Config
 * @param defaultText the default as text; empty for none
 * @param kind the description of valid values, for the documentation
 * @param meaning the description of the effect, for the documentation
 * @param parser converts the text to the value; throws IllegalArgumentException with the reason
 */
public record Key<T>(String name, String defaultText, String kind, String meaning, Function<String, T> parser) {

    /**
     * Converts a text to the value.
     *
     * @throws IllegalArgumentException naming the key, the text and the expected kind
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
