package dev.cloudobjects.sdk;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The SDK in React, in Vue 2 and 3 and with MobX, as {@code docs/sdk.md} shows it: see {@code src/test/js/frameworks}. */
class FrameworksTest {

    @TestFactory
    Stream<DynamicNode> shouldPassItsOwnTests() {
        return NodeTests.in("frameworks", Map.of("FRAMEWORKS", Npm.packages("frameworks").toString()));
    }
}
