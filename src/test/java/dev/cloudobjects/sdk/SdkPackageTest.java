package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What npm would publish of the SDK: complete, and enough for whoever installs it. */
class SdkPackageTest {

    private static final Path SDK = Path.of("src/main/webapp/sdk");
    private static final Pattern POM_VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()[\"'](\\.[^\"']+)[\"']");

    /** npm takes them whatever is said. */
    private static final Set<String> ALWAYS = Set.of("package.json", "README.md", "LICENSE");

    @TempDir
    private Path project;

    private JsonObject manifest;
    private Path installed;

    @BeforeEach
    void install() throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(SDK.resolve("package.json")))) {
            manifest = reader.readObject();
        }
        installed = project.resolve("node_modules").resolve(manifest.getString("name"));
        List<String> said = manifest.getJsonArray("files").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
        for (String file : find(SDK)) {
            boolean in = said.stream().anyMatch(pattern -> matches(pattern, file));
            boolean out = said.stream().anyMatch(pattern -> pattern.startsWith("!") && matches(pattern.substring(1), file));
            if (in && !out || ALWAYS.contains(file)) {
                Path copy = installed.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(SDK.resolve(file), copy);
            }
        }
    }

    private static boolean matches(String pattern, String file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(file));
    }

    private static Set<String> find(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void shouldSayWhatARegistryAsksFor() throws IOException {
        for (String name : List.of("name", "version", "description", "license", "type", "types", "exports", "engines", "files")) {
            assertTrue(manifest.containsKey(name), name);
        }
        var pom = POM_VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(pom.find());
        assertEquals(pom.group(1), manifest.getString("version"));
        assertEquals("Apache-2.0", manifest.getString("license"));
        assertEquals(Files.readString(Path.of("LICENSE")), Files.readString(installed.resolve("LICENSE")));
    }

    @Test
    void shouldHaveEveryFileThatItRefersTo() throws IOException {
        Set<String> shipped = find(installed);
        assertFalse(shipped.contains("internal.d.ts"));
        manifest.getJsonObject("exports").forEach((name, where) -> {
            List<JsonString> files = where instanceof JsonObject conditions
                    ? conditions.values().stream().map(JsonString.class::cast).toList()
                    : List.of((JsonString) where);
            files.forEach(file -> assertTrue(shipped.contains(file.getString().substring(2)), name + " is " + file));
        });
        for (String file : shipped) {
            if (file.endsWith(".js") || file.endsWith(".d.ts")) {
                imports(installed.resolve(file)).forEach(other -> assertTrue(shipped.contains(other), file + " needs " + other));
            }
        }
    }

    /** The modules that a file needs, as files of the package; a declaration needs those of others. */
    private Set<String> imports(Path file) throws IOException {
        boolean declares = file.toString().endsWith(".d.ts");
        String code = Files.readString(file);
        return IMPORT.matcher(declares ? code : code.replaceAll("(?s)/\\*.*?\\*/", ""))
                .results()
                .map(found -> installed.relativize(file.resolveSibling(found.group(1)).normalize()).toString().replace('\\', '/'))
                .map(name -> declares ? name.replaceFirst("\\.js$", ".d.ts") : name)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldBeImportedByEachOfItsNames() throws IOException {
        copyNoble();
        List<String> names = manifest.getJsonObject("exports").entrySet().stream()
                .filter(export -> export.getValue() instanceof JsonObject conditions && conditions.containsKey("default"))
                .map(export -> manifest.getString("name") + export.getKey().substring(1))
                .toList();
        assertEquals(3, names.size());
        String script = names.stream()
                .map(name -> "console.log(\"" + name + "\", Object.keys(await import(\"" + name + "\")).length > 0);")
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(project.resolve("use.mjs"), script + "\n");
        Node.Outcome outcome = Node.run(Map.of(), List.of(file.toString()));
        assertEquals(0, outcome.exit(), outcome.err());
        String expected = names.stream().map(name -> name + " true\n").collect(Collectors.joining());
        assertEquals(expected, outcome.out());
    }

    /** The optional packages, as an application would have installed them that is itself loaded over http. */
    private void copyNoble() throws IOException {
        Path modules = Path.of("target/js/node_modules");
        try (Stream<Path> files = Files.walk(modules.resolve("@noble"))) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path copy = project.resolve("node_modules").resolve(modules.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
