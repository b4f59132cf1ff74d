package dev.cloudobjects.it;

import dev.cloudobjects.sdk.NodeTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The SDK on Node.js against the running server: see {@code src/test/js/it}. */
class SdkIT extends FromOutside {

    @TestFactory
    Stream<DynamicNode> shouldPassItsTestsAgainstTheServer() {
        return NodeTests.in("it", Map.of("SDK_SERVER", "http://localhost:" + Integer.getInteger("it.http.port") + "/"));
    }
}
