package dev.cloudobjects.simulation;

import dev.cloudobjects.sdk.Node;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The SDK, in a process of Node.js that waits for one command after another: see {@code src/test/js/simulation/host.js}. What
 * it does follows from the commands alone. Not safe for use by many threads.
 */
final class SdkProcess implements AutoCloseable {

    private static final String END = ".";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private long due = -1;

    SdkProcess() {
        Path host = Node.TESTS.resolve("simulation/host.js");
        try {
            process = new ProcessBuilder(Node.executable().toString(), host.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Gives a command and waits until the SDK has done all that follows from it.
     *
     * @param now what the SDK's clock says, in milliseconds since the start
     * @return what the SDK did, in order: lines of a name and what belongs to it
     */
    List<String[]> tell(long now, Object... command) {
        StringJoiner line = new StringJoiner("\t", "", "\n").add(Long.toString(now));
        for (Object part : command) {
            line.add(String.valueOf(part));
        }
        try {
            commands.write(line.toString());
            commands.flush();
            List<String[]> said = new ArrayList<>();
            while (true) {
                String answer = answers.readLine();
                if (answer == null) {
                    throw new IllegalStateException("Node.js has ended");
                }
                String[] parts = answer.split("\t", -1);
                if (parts[0].equals(END)) {
                    due = Long.parseLong(parts[1]);
                    return said;
                }
                said.add(parts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a timer of the SDK is due, by the same clock. */
    boolean isDue(long now) {
        return due >= 0 && due <= now;
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
