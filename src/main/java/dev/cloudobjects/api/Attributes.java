package dev.cloudobjects.api;

import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application keeps about a connection, on the server: names with values in JSON. The client neither sees nor changes
 * it. It begins empty, lasts as long as the connection, can still be read in its disconnection event, and is shown by
 * {@link Online#attributes()}.
 *
 * <p>It is bounded: by default 16 names and 4096 bytes in all, as JSON ({@code cloudobjects.attributes.max-names} and
 * {@code cloudobjects.attributes.max-bytes}). Safe for use by many threads; each change is made at once or not at all.
 */
public interface Attributes {

    /**
     * The value of a name; empty when there is none.
     *
     * @param type what the value is read as: any JSON-B type
     * @throws IllegalArgumentException when the value can't be read as this type
     */
    <T> Optional<T> get(String name, Class<T> type);

    /** The value of a name as a text; empty when there is none. @throws IllegalArgumentException when it is no text */
    default Optional<String> get(String name) {
        return get(name, String.class);
    }

    /**
     * Sets a value.
     *
     * @param name not empty
     * @param value any JSON-B value; {@code null} removes the name
     * @throws CloudObjectException with code 400 and {@code attributes} or {@code attributes.<name>} in its message, when the
     *     name is empty or a limit would be exceeded; nothing is changed then
     * @throws JsonbException when the value can't be written as JSON
     */
    void put(String name, @Nullable Object value);

    /** Removes a name; does nothing when it has no value. */
    void remove(String name);

    /** All names and values. */
    JsonObject toJson();
}
