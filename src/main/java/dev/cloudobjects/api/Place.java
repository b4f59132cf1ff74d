package dev.cloudobjects.api;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody is present: a group of an object, a channel of an object, or a user at an object. An immutable value.
 *
 * @param path the path of the object; {@code null} for the current one
 * @param kind what the name names
 * @param name the name of the group or channel, or the id of the user; not empty, at most 256 characters
 */
public record Place(@Nullable String path, Kind kind, String name) {

    private static final int MAX_NAME = 256;

    /** @throws IllegalArgumentException when the name is empty or too long */
    public Place {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "name must have 1 to " + MAX_NAME + " characters but has " + name.length());
        }
    }

    /** What a place is. */
    public enum Kind {
        /** The connections in a group. */
        GROUP,
        /** The connections on a channel. */
        CHANNEL,
        /** The connections of a user, on all devices. */
        USER
    }

    /** A group of the current object. */
    public static Place group(String name) {
        return new Place(null, Kind.GROUP, name);
    }

    /** A channel of the current object. */
    public static Place channel(String name) {
        return new Place(null, Kind.CHANNEL, name);
    }

    /** A user at the current object. */
    public static Place user(String uid) {
        return new Place(null, Kind.USER, uid);
    }

    /** The place of that name at another object. */
    public Place at(String other) {
        return new Place(other, kind, name);
    }
}
