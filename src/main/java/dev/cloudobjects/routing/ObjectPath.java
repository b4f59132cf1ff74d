package dev.cloudobjects.routing;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a cloud object: segments of {@code A-Z a-z 0-9 _ . -}, separated by {@code /}. Immutable.
 *
 * @param value the path, without a slash at either end
 */
public record ObjectPath(String value) implements Comparable<ObjectPath> {

    /** The maximum length of a path, in characters. */
    public static final int MAX_LENGTH = 256;

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.-]+");

    /** @throws IllegalArgumentException naming the path and the reason */
    public ObjectPath {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the path is empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("path '" + value.substring(0, 32) + "…' has " + value.length()
                    + " characters, more than " + MAX_LENGTH);
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty()) {
                throw new IllegalArgumentException(
                        "path '" + value + "' has an empty segment or a slash at one end");
            }
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("path '" + value + "' has the segment '" + segment + "'");
            }
            if (!SEGMENT.matcher(segment).matches()) {
                throw new IllegalArgumentException("path '" + value + "': segment '" + segment
                        + "' has a character other than A-Z a-z 0-9 _ . -");
            }
        }
    }

    /** Whether a text is a valid path. */
    public static boolean isValid(String value) {
        try {
            new ObjectPath(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The names of the directories, from the root; empty if the path has one segment. */
    public List<String> directories() {
        List<String> segments = List.of(value.split("/"));
        return segments.subList(0, segments.size() - 1);
    }

    /** The name of the object itself: the last segment. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(ObjectPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
