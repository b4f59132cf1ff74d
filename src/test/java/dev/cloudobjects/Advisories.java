package dev.cloudobjects;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Known vulnerabilities of libraries, as they were when {@code src/test/resources/advisories/renew} asked last. That needs
 * the network; to compare a list of libraries with them does not.
 */
public final class Advisories {

    /** The file in the project. */
    public static final Path SNAPSHOT = Path.of("src/test/resources/advisories/maven.json");

    private static final Pattern LIBRARY = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+).*");
    private static final Pattern PART = Pattern.compile("[0-9]+|[a-zA-Z]+");
    private static final List<String> BEFORE_RELEASE = List.of("alpha", "beta", "m", "milestone", "cr", "rc", "snapshot");

    private final JsonObject snapshot;

    /** @param snapshot in the form of {@link #SNAPSHOT} */
    Advisories(JsonObject snapshot) {
        this.snapshot = snapshot;
    }

    /** Those of the project. */
    public static Advisories ofProject() throws IOException {
        return new Advisories(read(SNAPSHOT));
    }

    /** A document of JSON. */
    public static JsonObject read(Path file) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        }
    }

    List<JsonObject> all() {
        return snapshot.getJsonArray("advisories").getValuesAs(JsonObject.class);
    }

    /**
     * What is wrong with the libraries of a list in the form of CycloneDX: a vulnerability of one, or one that nobody has asked
     * about.
     */
    public List<String> against(JsonObject sbom) {
        List<String> wrong = new ArrayList<>();
        for (JsonObject component : sbom.getJsonArray("components").getValuesAs(JsonObject.class)) {
            Matcher library = LIBRARY.matcher(component.getString("purl", ""));
            if (!library.matches()) {
                wrong.add(component + " has no address in a repository of Maven");
                continue;
            }
            String name = library.group(1) + ":" + library.group(2);
            String version = library.group(3);
            if (!isKnown(name)) {
                wrong.add("nobody has asked about " + name);
            }
            for (JsonObject advisory : all()) {
                if (advisory.getString("package").equals(name) && affects(advisory, version)) {
                    wrong.add(advisory.getString("id") + " in " + name + " " + version);
                }
            }
        }
        return wrong;
    }

    private boolean isKnown(String name) {
        return snapshot.getJsonArray("packages").stream().anyMatch(known -> known.equals(Json.createValue(name)));
    }

    private static boolean affects(JsonObject advisory, String version) {
        String fixed = advisory.getString("fixed", null);
        String last = advisory.getString("last", null);
        return compare(version, advisory.getString("introduced")) >= 0
                && (fixed == null || compare(version, fixed) < 0)
                && (last == null || compare(version, last) <= 0);
    }

    /** The order of Maven's versions, as far as those of these libraries need it. */
    static int compare(String one, String other) {
        List<String> a = parts(one);
        List<String> b = parts(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = Long.compare(rank(a, i), rank(b, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** A number is what it is, a stage ahead of the release less than none, and any other word nothing. */
    private static long rank(List<String> parts, int at) {
        String part = at < parts.size() ? parts.get(at) : "0";
        if (Character.isDigit(part.charAt(0))) {
            return Long.parseLong(part);
        }
        int stage = BEFORE_RELEASE.indexOf(part);
        return stage < 0 ? 0 : stage - BEFORE_RELEASE.size();
    }

    private static List<String> parts(String version) {
        return PART.matcher(version.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    }
}
