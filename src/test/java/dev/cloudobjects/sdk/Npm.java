package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages of the npm registry, for tests that build with the tools that users of the SDK build with.
 *
 * <p>Each set of packages is a folder below {@code src/test/js} with a {@code package.json} and a {@code package-lock.json}. It is
 * installed once, below {@code npm.cache} (a system property) or {@code ~/.cache/cloud-objects/npm}, in a folder that is named
 * after the lock file's content, so that a new version of a package is a new installation.
 */
public final class Npm {

    private static final Path CACHE = Path.of(
            System.getProperty("npm.cache", System.getProperty("user.home") + "/.cache/cloud-objects/npm"));
    private static final int PATIENCE_MINUTES = 10;

    private Npm() {}

    /**
     * The folder that has the packages in its {@code node_modules}. Installs them first where they are missing, which takes a
     * minute and is said on the console. Without npm on the {@code PATH} the calling test is skipped, with the reason.
     *
     * @param set the name of a folder below {@code src/test/js}
     */
    public static Path packages(String set) {
        require(set);
        Path source = Node.TESTS.resolve(set);
        Path folder = CACHE.resolve(set + "-" + digest(source.resolve("package-lock.json")));
        Path marker = folder.resolve(".installed");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(marker)) {
                    System.out.println("Installing the npm packages of src/test/js/" + set + " into " + folder + " …");
                    for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
                        if (Files.exists(source.resolve(file))) {
                            Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                        }
                    }
                    Node.Outcome outcome =
                            run(folder, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"));
                    if (outcome.exit() != 0) {
                        throw new AssertionError("npm ci failed in " + folder + ": " + outcome.out() + outcome.err());
                    }
                    Files.createFile(marker);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A Node.js without a {@code WebSocket} of its own. Where there is none for this kind of machine, the calling test is skipped, with
     * the reason.
     *
     * @param packages the folder of the set {@code node-20}
     */
    public static Path node20(Path packages) {
        try (Stream<Path> files = Files.walk(packages.resolve("node_modules"), 3)) {
            Optional<Path> found = files.filter(file -> file.getFileName().toString().matches("node(\\.exe)?") && Files.isExecutable(file))
                    .filter(Files::isRegularFile)
                    .findFirst();
            assumeTrue(found.isPresent(), "left out: the npm registry has no Node.js 20 for this kind of machine");
            return found.orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Without npm on the {@code PATH} the calling test is skipped, with the reason.
     *
     * @param what can't be tried then
     */
    static void require(String what) {
        assumeTrue(isThere(), () -> "left out: npm is not on the PATH, so " + what + " can't be tried; install Node.js 20 or later with npm");
    }

    /** Runs a command, such as {@code npm} or {@code node}, in a folder. */
    public static Node.Outcome run(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("npm", ".out");
            Path err = Files.createTempFile("npm", ".err");
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Node.Outcome outcome = new Node.Outcome(ended ? process.exitValue() : -1, read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean isThere() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "npm"))) {
                return true;
            }
        }
        return false;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String digest(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
