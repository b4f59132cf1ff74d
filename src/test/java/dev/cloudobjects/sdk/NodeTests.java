package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Tests in JavaScript, run by Node.js, each of which becomes a test of JUnit. One that is skipped has failed. */
public final class NodeTests {

    private NodeTests() {}

    /**
     * Runs all tests of a folder below {@code src/test/js}.
     *
     * @param environment what the tests find in {@code process.env}, beside that of this process
     */
    public static Stream<DynamicNode> in(String folder, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(
                List.of("--test", "--test-timeout=120000", "--test-reporter=./reporter.js"));
        arguments.addAll(Node.files(folder));
        Node.Outcome outcome = Node.run(environment, arguments);

        Map<String, List<DynamicNode>> byFile = new LinkedHashMap<>();
        List<Result> results = outcome.out().lines().filter(line -> line.startsWith("{")).map(Result::of).toList();
        for (Result result : results) {
            byFile.computeIfAbsent(result.file(), file -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest(result.name(), Path.of(result.file()).toUri(), result::check));
        }
        Stream<DynamicNode> files = byFile.entrySet().stream()
                .map(file -> DynamicContainer.dynamicContainer(Path.of(file.getKey()).getFileName() + "", file.getValue()));
        DynamicNode all = DynamicTest.dynamicTest("all of " + folder + " ran", () -> {
            String said = outcome.out() + outcome.err();
            assertEquals(Node.files(folder).size(), byFile.size(), "files with tests; Node.js said: " + said);
            boolean failed = results.stream().anyMatch(result -> !result.passed());
            assertTrue(failed || outcome.exit() == 0, () -> "Node.js ended with " + outcome.exit() + ": " + said);
        });
        return Stream.concat(files, Stream.of(all));
    }

    /** A line of the reporter. */
    private record Result(String file, String name, boolean passed, boolean skipped, String error) {

        static Result of(String line) {
            JsonObject json = Json.createReader(new StringReader(line)).readObject();
            String name = json.getJsonArray("names").getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(Collectors.joining(" "));
            return new Result(
                    json.getString("file"), name, json.getBoolean("passed"), json.getBoolean("skipped"), json.getString("error"));
        }

        void check() {
            assertTrue(passed, () -> name + "\n" + error);
            assertTrue(!skipped, () -> name + ": a skipped test shows nothing");
        }
    }
}
