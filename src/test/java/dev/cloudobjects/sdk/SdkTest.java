package dev.cloudobjects.sdk;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The SDK against a server, platforms, a clock and chance of the test's own: see {@code src/test/js/unit}. */
class SdkTest {

    @TestFactory
    Stream<DynamicNode> shouldPassItsOwnTests() {
        return NodeTests.in("unit", Map.of());
    }
}
