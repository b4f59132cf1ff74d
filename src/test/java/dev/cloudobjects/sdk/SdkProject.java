package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An application's project, which has installed the SDK from its tarball. */
public final class SdkProject {

    private static final Path SDK = Path.of("src/main/webapp/sdk").toAbsolutePath();

    private SdkProject() {}

    /**
     * Makes a project of ES modules. Nothing is asked of the network.
     *
     * @param folder the project's
     * @param packages where the other packages are: see {@link Npm#packages}
     * @param names the packages that the application has beside the SDK
     */
    public static Path install(Path folder, Path packages, String... names) {
        try {
            Files.createDirectories(folder);
            JsonObjectBuilder dependencies = Json.createObjectBuilder();
            for (String name : names) {
                Path source = packages.resolve("node_modules").resolve(name);
                copy(source, folder.resolve("node_modules").resolve(name));
                dependencies.add(name, read(source.resolve("package.json")).getString("version"));
            }
            JsonObject manifest = Json.createObjectBuilder()
                    .add("private", true)
                    .add("type", "module")
                    .add("dependencies", dependencies)
                    .build();
            Files.writeString(folder.resolve("package.json"), manifest.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String tarball = npm(folder, "pack", SDK.toString(), "--silent").strip();
        npm(folder, "install", "./" + tarball, "--offline", "--no-audit", "--no-fund");
        return folder;
    }

    /** What a {@code package.json} says. */
    public static JsonObject read(Path file) {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String npm(Path folder, String... arguments) {
        List<String> command = Stream.concat(Stream.of("npm"), Stream.of(arguments)).toList();
        Node.Outcome outcome = Npm.run(folder, Map.of(), command);
        assertEquals(0, outcome.exit(), () -> command + ": " + outcome.out() + outcome.err());
        return outcome.out();
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
