import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes that this one has started, none of which outlives it. */
final class Children {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static volatile boolean ending;

    private Children() {}

    /** What a process left behind. */
    record Ended(int exitCode, String output, String errors) {}

    static Process start(ProcessBuilder builder) throws IOException {
        stopIfEnding();
        Process process = builder.start();
        RUNNING.add(process);
        process.onExit().thenRun(() -> RUNNING.remove(process));
        return process;
    }

    /** Runs a command to its end, or ends it when its time is up. */
    static Ended run(ProcessBuilder builder, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("benchmark", ".out");
        Path errors = Files.createTempFile("benchmark", ".err");
        try {
            Process process = start(builder.redirectOutput(output.toFile()).redirectError(errors.toFile()));
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process, Duration.ZERO);
                throw new IOException(builder.command().getFirst() + " took longer than " + limit.toSeconds() + " s");
            }
            return new Ended(process.exitValue(), text(output), text(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** What a command prints, or nothing if it can't be run. */
    static String ask(String... command) throws InterruptedException {
        try {
            Ended ended = run(new ProcessBuilder(command), Duration.ofSeconds(30));
            return ended.exitCode() == 0 ? ended.output().strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks a process to end, and ends it when it does not in time; its own children too. */
    static void end(Process process, Duration grace) {
        List<ProcessHandle> below = process.descendants().toList();
        try {
            process.destroy();
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
    }

    static void endAll() {
        ending = true;
        List.copyOf(RUNNING).forEach(process -> end(process, Duration.ZERO));
    }

    /** Nothing is started or recorded any more when all is being ended. */
    static void stopIfEnding() {
        if (ending) {
            throw new Trouble("ended before its time");
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
