package dev.cloudobjects.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The call url {@code path.method}: names an object and a method of it. Immutable.
 *
 * @param object the path of the object
 * @param method the name of the method: a Java identifier of at most 128 characters
 */
public record CallUrl(ObjectPath object, String method) {

    /** The method of a call url that names no method. */
    public static final String MAIN = "main";

    /** The maximum length of a method name, in characters. */
    public static final int MAX_METHOD_LENGTH = 128;

    /** @throws IllegalArgumentException naming the method, if it is no identifier or too long */
    public CallUrl {
        if (!isMethodName(method)) {
            throw new IllegalArgumentException("'" + method + "' is not the name of a method");
        }
    }

    /**
     * The possible meanings of a url, the preferred one first. An object's name may contain dots, so {@code chat/pub.room}
     * is either the method {@code room} of {@code chat/pub}, or {@code main} of {@code chat/pub.room}.
     *
     * @return one or two meanings; none for a malformed url, which callers treat like an unknown one
     */
    public static List<CallUrl> candidates(String url) {
        List<CallUrl> candidates = new ArrayList<>(2);
        int dot = url.lastIndexOf('.');
        if (dot >= 0) {
            read(url.substring(0, dot), url.substring(dot + 1)).ifPresent(candidates::add);
        }
        read(url, MAIN).ifPresent(candidates::add);
        return List.copyOf(candidates);
    }

    private static Optional<CallUrl> read(String path, String method) {
        return ObjectPath.isValid(path) && isMethodName(method)
                ? Optional.of(new CallUrl(new ObjectPath(path), method))
                : Optional.empty();
    }

    private static boolean isMethodName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_METHOD_LENGTH
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(CallUrl::isVisiblePart);
    }

    private static boolean isVisiblePart(int c) {
        return Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
    }

    /** The url, which permissions and filters are matched against. */
    @Override
    public String toString() {
        return object + "." + method;
    }
}
