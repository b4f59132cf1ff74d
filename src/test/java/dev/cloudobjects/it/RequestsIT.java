package dev.cloudobjects.it;

import dev.cloudobjects.sdk.NodeTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Requests both ways, of the SDK at the running server, over a network that breaks: see {@code src/test/js/it/requests}. */
class RequestsIT extends FromOutside {

    @TestFactory
    Stream<DynamicNode> shouldBeAnsweredOnce() {
        return NodeTests.in(
                "it/requests", Map.of("SDK_SERVER", "http://localhost:" + Integer.getInteger("it.http.port") + "/"));
    }
}
