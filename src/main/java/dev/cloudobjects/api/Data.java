package dev.cloudobjects.api;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Data made on the spot, for a message or an answer: members in the order given, of which some may be null, which
 * {@link Map#of} does not take. Immutable; {@link #with} gives a new one. The values are not copied.
 */
public final class Data extends AbstractMap<String, @Nullable Object> {

    private static final Data EMPTY = new Data(Map.of());

    private final Map<String, @Nullable Object> members;

    private Data(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** Data without a member: {@code {}}. */
    public static Data of() {
        return EMPTY;
    }

    /**
     * Data with members, for example {@code Data.of("a", 1, "b", null)}.
     *
     * @param more further names and values in turn
     * @throws IllegalArgumentException when a name has no value, is no text, or was given before; it says which
     */
    public static Data of(String name, @Nullable Object value, @Nullable Object... more) {
        if (more.length % 2 != 0) {
            throw new IllegalArgumentException("the last name, " + more[more.length - 1] + ", has no value");
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(Objects.requireNonNull(name, "name"), value);
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String next)) {
                throw new IllegalArgumentException("expected the name of a member, found " + more[i]);
            }
            if (members.containsKey(next)) {
                throw new IllegalArgumentException("the member " + next + " is given twice");
            }
            members.put(next, more[i + 1]);
        }
        return new Data(Collections.unmodifiableMap(members));
    }

    /** The same data with one more member, or another value for one that it has. */
    public Data with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        copy.put(Objects.requireNonNull(name, "name"), value);
        return new Data(Collections.unmodifiableMap(copy));
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return members.entrySet();
    }
}
