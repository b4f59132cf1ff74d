package dev.cloudobjects.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever a client sends is a frame, or malformed: never another failure, and never more than the limits allow. */
class CodecFuzzTest {

    private static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));

    /** The first byte chooses the dialect and the kind of message. */
    @FuzzTest
    void shouldReadFrames(byte[] input) {
        byte[] message = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        Codec codec = (input.length == 0 || (input[0] & 1) == 0 ? Dialect.V1 : Dialect.PLAIN).codec(JSON);
        if (input.length == 0 || (input[0] & 2) == 0) {
            check(() -> codec.decode(message));
        } else {
            check(() -> codec.decode(new String(message, StandardCharsets.UTF_8)));
        }
    }

    private interface Decoding {
        ClientFrame run();
    }

    private static void check(Decoding decoding) {
        ClientFrame frame;
        try {
            frame = decoding.run();
        } catch (MalformedMessage e) {
            assertTrue(e.getMessage().length() < 300, e.getMessage());
            return;
        }
        if (frame instanceof ClientFrame.Message message) {
            assertTrue(message.id() == null || message.id() >= 1);
            check(message.data());
        } else if (frame instanceof ClientFrame.Connect connect) {
            check(connect.data());
        }
    }

    /** What was let pass must be what a library for JSON takes it for. */
    private static void check(Payload data) {
        if (data instanceof Payload.Json text) {
            assertEquals(JSON.tree(text), JSON.tree(JSON.write(JSON.tree(text))));
        }
    }
}
