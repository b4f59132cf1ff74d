package dev.cloudobjects.sdk;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The SDK on a Node.js that has no {@code WebSocket}, installed with the package {@code ws} and without: see {@code src/test/js/node-20}. */
class SdkNode20Test {

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicNode> shouldPassItsOwnTests() {
        Path packages = Npm.packages("node-20");
        Map<String, String> environment = Map.of(
                "NODE_20", Npm.node20(packages).toString(),
                "WITH_WS", SdkProject.install(folder.resolve("with"), packages, "ws").toString(),
                "WITHOUT_WS", SdkProject.install(folder.resolve("without"), packages).toString());
        return NodeTests.in("node-20", environment);
    }
}
