package dev.cloudobjects.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of what is sent to a group is kept, for members that have missed it: see {@link WebSocketManage#keep}.
 *
 * @param messages the most messages that are kept, at least 1; {@code null} for as many as the server allows
 * @param age the greatest age of a message that is kept, above zero; {@code null} for the greatest that the server allows
 */
public record History(@Nullable Integer messages, @Nullable Duration age) {

    /** @throws IllegalArgumentException when a value is out of range */
    public History {
        if (messages != null && messages < 1) {
            throw new IllegalArgumentException("messages must be at least 1 but is " + messages);
        }
        if (age != null && (age.isZero() || age.isNegative())) {
            throw new IllegalArgumentException("age must be above zero but is " + age);
        }
    }

    /** The last messages, at most so many. */
    public static History last(int messages) {
        return new History(messages, null);
    }

    /** The messages of the last minutes or hours. */
    public static History within(Duration age) {
        return new History(null, age);
    }

    /** The same, but of no message that is older. */
    public History atMost(Duration other) {
        return new History(messages, other);
    }
}
