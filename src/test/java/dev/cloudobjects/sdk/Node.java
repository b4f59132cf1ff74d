package dev.cloudobjects.sdk;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Node.js and TypeScript out of the test dependencies, so that nobody has to install them: Node.js comes in the driver of
 * Playwright, TypeScript in a WebJar.
 */
public final class Node {

    /** The JavaScript of the tests. */
    public static final Path TESTS = Path.of("src/test/js").toAbsolutePath();

    private static final Path MODULES = Path.of("target/js/node_modules").toAbsolutePath();

    private Node() {}

    /** What a process said, and how it ended. */
    public record Outcome(int exit, String out, String err) {}

    /** Runs Node.js in the folder of the tests. */
    public static Outcome run(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(executable().toString()));
        command.addAll(arguments);
        return Npm.run(TESTS, environment, command);
    }

    /** The program of Node.js. */
    public static Path executable() {
        // Extracted for this JVM, by Playwright; no browser is downloaded.
        Path driver = Driver.ensureDriverInstalled(Map.of(), false).driverDir();
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        return driver.resolve(windows ? "node.exe" : "node");
    }

    /** Runs TypeScript's compiler with a configuration from the folder of the tests. */
    public static Outcome tsc(String configuration, String... arguments) {
        module("types__node", "@types/node");
        module("undici-types", "undici-types");
        List<String> all = new ArrayList<>(List.of(typescript().resolve("lib/tsc.js").toString(), "-p", configuration));
        all.addAll(List.of(arguments));
        return run(Map.of(), all);
    }

    /** The folder of TypeScript. */
    static Path typescript() {
        return module("typescript", "typescript");
    }

    /** Extracts a WebJar to where Node.js and TypeScript look for modules, unless it is there. */
    private static Path module(String webjar, String name) {
        Path folder = MODULES.resolve(name);
        try {
            JarFile jar = jarOf(webjar);
            String version = jar.getName();
            Path marker = folder.resolve(".extracted");
            if (Files.exists(marker) && Files.readString(marker).equals(version)) {
                return folder;
            }
            String prefix = "META-INF/resources/webjars/" + webjar + "/";
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                    // Behind the prefix comes the version.
                    String path = entry.getName().substring(prefix.length());
                    Path file = folder.resolve(path.substring(path.indexOf('/') + 1)).normalize();
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.write(file, in.readAllBytes());
                    }
                }
            }
            Files.writeString(marker, version);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JarFile jarOf(String webjar) throws IOException {
        String name = "META-INF/maven/org.webjars.npm/" + webjar + "/pom.xml";
        URL pom = Objects.requireNonNull(Node.class.getClassLoader().getResource(name), name);
        URLConnection connection = pom.openConnection();
        return ((JarURLConnection) connection).getJarFile();
    }

    /** The JavaScript files of a folder of the tests, in order. */
    static List<String> files(String folder) {
        try (Stream<Path> files = Files.list(TESTS.resolve(folder))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.js"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
