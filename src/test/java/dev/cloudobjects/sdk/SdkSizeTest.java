package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The SDK is small: all of it that a page loads, for every platform, the encrypted channel by WebCrypto included. */
class SdkSizeTest {

    private static final int LIMIT = 29_800;

    @Test
    void shouldStayBelowItsLimitWithoutItsComments() {
        Node.Outcome outcome = Node.run(Map.of(), List.of("size.js", Node.typescript().toString()));
        assertEquals(0, outcome.exit(), outcome.err());
        int size = Integer.parseInt(outcome.out().strip());
        assertTrue(size < LIMIT, () -> size + " bytes, gzipped");
    }
}
