package dev.cloudobjects.pages;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that a path requests. Immutable.
 *
 * @param resource the path of the file in the archive
 * @param type the content type
 * @param permanent whether the path contains the version, so that its content never changes
 */
record PagePath(String resource, String type, boolean permanent) {

    /** The folder of the SDK. */
    static final String SDK = "/sdk/";

    private static final String WELCOME = "index.html";
    private static final Pattern VERSIONED = Pattern.compile(Pattern.quote(SDK) + "(\\d+\\.[^/]*)/(.+)");
    /** Segments that are not normalized, and folders that are not public. */
    private static final Pattern REFUSED =
            Pattern.compile("//|/\\.{1,2}(/|$)|[\\\\;\\x00-\\x1f]|^/(web|meta)-inf(/|$)", Pattern.CASE_INSENSITIVE);

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String JSON = "application/json";

    /** Content types by file extension. The container serves all other files, such as videos and archives, with range requests. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", SCRIPT),
            Map.entry("mjs", SCRIPT),
            Map.entry("ts", TEXT),
            Map.entry("txt", TEXT),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("json", JSON),
            Map.entry("map", JSON),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"));

    /**
     * Parses a decoded path without the context root.
     *
     * @param version the version of the SDK in the archive
     * @return empty for a path that {@link PageFilter} does not serve
     */
    static Optional<PagePath> of(String path, String version) {
        if (!path.startsWith("/") || REFUSED.matcher(path).find()) {
            return Optional.empty();
        }
        Matcher versioned = VERSIONED.matcher(path);
        if (versioned.matches() && !versioned.group(1).equals(version)) {
            return Optional.empty();
        }
        boolean permanent = versioned.matches();
        String resource = permanent ? SDK + versioned.group(2) : path.endsWith("/") ? path + WELCOME : path;
        return type(resource).map(type -> new PagePath(resource, type, permanent));
    }

    /** The page of a folder whose path has no slash at the end. */
    static String welcomeOf(String folder) {
        return folder + "/" + WELCOME;
    }

    /** Whether pages of other origins may load the file. */
    boolean forOtherSites() {
        return resource.startsWith(SDK);
    }

    private static Optional<String> type(String resource) {
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return resource.startsWith(SDK) && !name.isEmpty() ? Optional.of(TEXT) : Optional.empty();
        }
        return Optional.ofNullable(TYPES.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }
}
