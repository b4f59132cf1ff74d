package dev.cloudobjects.pages;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path asks for.
 *
 * @param resource the file's path in the archive
 * @param type its content type
 * @param permanent whether the path names a version, so that there is never anything else at it
 */
record PagePath(String resource, String type, boolean permanent) {

    /** Where the SDK is. */
    static final String SDK = "/sdk/";

    private static final String WELCOME = "index.html";
    private static final Pattern VERSIONED = Pattern.compile(Pattern.quote(SDK) + "(\\d+\\.[^/]*)/(.+)");
    /** Segments that a path has in one spelling only, and folders that are nobody's business. */
    private static final Pattern REFUSED =
            Pattern.compile("//|/\\.{1,2}(/|$)|[\\\\;\\x00-\\x1f]|^/(web|meta)-inf(/|$)", Pattern.CASE_INSENSITIVE);

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String JSON = "application/json";

    /** By the end of a name. Others, such as films and archives, are served by the container, in parts where it can. */
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
     * Reads a path, without the context root and decoded.
     *
     * @param version the version of the SDK in the archive
     * @return empty for what is not served here
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

    /** The page of a folder that is named without the slash at its end. */
    static String welcomeOf(String folder) {
        return folder + "/" + WELCOME;
    }

    /** Whether other sites may load it into their pages. */
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
