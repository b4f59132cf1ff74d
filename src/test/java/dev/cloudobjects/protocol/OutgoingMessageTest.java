package dev.cloudobjects.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.json.TestLimits;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingMessageTest {

    private final JsonMapper mapper = new JsonMapper(TestLimits.LIMITS);
    private final Codec plain = Dialect.PLAIN.codec(mapper);
    private final Codec v1 = Dialect.V1.codec(mapper);

    @Test
    void shouldEncodeOncePerDialect() {
        OutgoingMessage message = new OutgoingMessage(new ServerFrame.Message(mapper.write("x")));
        assertSame(message.encoded(v1).orElseThrow(), message.encoded(v1).orElseThrow());
        assertSame(
                message.encoded(v1).orElseThrow(),
                message.encoded(Dialect.V1.codec(mapper)).orElseThrow());
        assertNotEquals(message.encoded(v1), message.encoded(plain));
    }

    @Test
    void shouldRememberThatADialectHasNoMessage() {
        OutgoingMessage ping = new OutgoingMessage(new ServerFrame.Ping());
        assertTrue(ping.encoded(plain).isEmpty());
        assertTrue(ping.encoded(v1).isPresent());
    }

    @Test
    void shouldGiveAllThreadsTheSameEncoding() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                OutgoingMessage message = new OutgoingMessage(new ServerFrame.Message(mapper.write("x")));
                CountDownLatch start = new CountDownLatch(threads);
                Callable<Encoded> task = () -> {
                    start.countDown();
                    start.await();
                    return message.encoded(v1).orElseThrow();
                };
                Set<Encoded> seen = Collections.newSetFromMap(new IdentityHashMap<>());
                for (Future<Encoded> result : executor.invokeAll(Stream.generate(() -> task).limit(threads).toList())) {
                    seen.add(result.get());
                }
                assertEquals(1, seen.size());
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "é", "您", "👋", "a\u007f\u0080\u07ff\u0800\uffff👋"})
    void shouldMeasureATextInUtf8(String text) {
        Encoded encoded = new Encoded.Text(text);
        assertEquals(text.getBytes(StandardCharsets.UTF_8).length, encoded.size());
        assertEquals(encoded.size(), encoded.toBytes().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "é", "👋"})
    void shouldBeTheSameTextFromItsBytes(String content) {
        Encoded.Text text = new Encoded.Text(content);
        Encoded.Text other = Encoded.Text.ofUtf8(text.toBytes());
        assertEquals(text, other);
        assertEquals(text.hashCode(), other.hashCode());
        assertEquals(text.text(), other.text());
        assertEquals(text.size(), other.size());
    }

    @Test
    void shouldCompareBinaryMessagesByTheirBytes() {
        assertEquals(new Encoded.Bytes(new byte[] {1}), new Encoded.Bytes(new byte[] {1}));
        assertNotEquals(new Encoded.Bytes(new byte[] {1}), new Encoded.Bytes(new byte[] {2}));
        assertEquals(new Payload.Binary(new byte[] {1}), new Payload.Binary(new byte[] {1}));
        assertNotEquals(new Payload.Binary(new byte[] {1}), new Payload.Binary(new byte[] {2}));
    }
}
