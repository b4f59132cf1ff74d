import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The load generator, {@code load/wsload.c}, against one server: a command that is put together and run. */
final class Load {

    private static final double CONNECT_TIMEOUT = 120;
    /** Seconds that a server that works may be silent for, at least. */
    private static final double SILENCE = 2.2;

    private final List<String> command = new ArrayList<>();
    private double seconds = CONNECT_TIMEOUT;

    Load(Path program, Server server) {
        command.add(program.toString());
        with("--port", server.port()).with("--pid", server.pid()).with("--connect-timeout", CONNECT_TIMEOUT);
    }

    /** Compiles it. */
    static Path build(Folders folders) throws IOException, InterruptedException {
        Path source = folders.benchmarks().resolve("load/wsload.c");
        Path program = folders.target().resolve("wsload");
        if (Files.exists(program) && Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) > 0) {
            return program;
        }
        Children.Ended ended;
        try {
            ended = Children.run(
                    new ProcessBuilder("gcc", "-O2", "-o", program.toString(), source.toString()), Duration.ofMinutes(1));
        } catch (IOException e) {
            throw new Trouble("The load generator needs gcc: " + e.getMessage());
        }
        if (ended.exitCode() != 0) {
            throw new Trouble("The load generator does not compile:\n" + ended.errors());
        }
        return program;
    }

    Load with(String option, Object value) {
        command.add(option);
        command.add(value.toString());
        return this;
    }

    Load with(Wire wire, int body) {
        with("--path", wire.path()).with("--msg", wire.message(body));
        command.addAll(wire.options());
        return this;
    }

    Load batched() {
        command.add("--batched");
        return this;
    }

    /** How long traffic flows, unmeasured and measured. */
    Load lasting(double warmUp, double measured) {
        seconds += warmUp + measured;
        return with("--warm", warmUp).with("--dur", measured);
    }

    /** Runs it, and returns what it found, with what went wrong as {@code problem}. */
    Map<String, Object> run() throws IOException, InterruptedException {
        Children.Ended ended = Children.run(new ProcessBuilder(command), Duration.ofSeconds((long) seconds + 60));
        if (ended.exitCode() != 0) {
            throw new IOException("the load generator: " + ended.errors().strip());
        }
        return found(ended.output(), ended.errors());
    }

    /** Opens connections, lets something be done while they are open, and closes them. */
    Map<String, Object> holding(Step step) throws IOException, InterruptedException {
        command.add("--hold-until-eof");
        with("--hold", 120);
        Path errors = Files.createTempFile("benchmark", ".err");
        Process process = Children.start(new ProcessBuilder(command).redirectError(errors.toFile()));
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            if (output.readLine() == null) {
                throw new IOException("the load generator: " + Files.readString(errors).strip());
            }
            step.run();
            process.getOutputStream().close();
            String line = output.readLine();
            process.waitFor(30, TimeUnit.SECONDS);
            return found(line == null ? "" : line, Files.readString(errors));
        } finally {
            Children.end(process, Duration.ZERO);
            Files.delete(errors);
        }
    }

    /** Something that is done while connections are open. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static Map<String, Object> found(String line, String errors) {
        Map<String, Object> values = new LinkedHashMap<>(Json.read(line));
        values.remove("label");
        double failed = number(values, "failed");
        double lost = number(values, "lost");
        boolean traffic = values.containsKey("messages");
        if (failed > 0) {
            values.put("problem", "%.0f connections failed: %s".formatted(failed, errors.strip().lines().findFirst().orElse("")));
        } else if (lost > 0) {
            values.put("problem", "%.0f connections were lost".formatted(lost));
        }
        double silence = Math.max(SILENCE, number(values, "seconds") / 2);
        if (traffic && (number(values, "messages") == 0 || number(values, "silent_s") > silence)) {
            values.putIfAbsent("problem", "nothing came for %.1f s".formatted(number(values, "silent_s")));
            values.put("hung", true);
        }
        return values;
    }

    private static double number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }
}
