package dev.cloudobjects.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopsTest {

    private static final int MUCH = 8 * 1024 * 1024;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<End> writes = new LinkedBlockingQueue<>();
    private EventLoops loops;

    private record End(@Nullable IOException failure) {}

    private final class Listener implements ByteSocket.Reader {
        @Override
        public long read(byte[] bytes, int length) {
            String text = new String(bytes, 0, length, StandardCharsets.US_ASCII);
            if (text.equals("fail")) {
                throw new IllegalStateException("a test has it fail");
            }
            heard.add(text);
            return text.equals("pause") ? PAUSE_NANOS : 0;
        }

        @Override
        public void ended(@Nullable IOException failure) {
            ends.add(new End(failure));
        }
    }

    private record Pair(SocketChannel client, ByteSocket server) {}

    @BeforeEach
    void start() throws IOException {
        loops = new EventLoops("test-loop", 2);
        open.add(loops);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Pair connect() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = SocketChannel.open(listening.getLocalAddress());
            SocketChannel accepted = listening.accept();
            accepted.configureBlocking(false);
            open.add(client);
            open.add(accepted);
            return new Pair(client, loops.open(accepted));
        }
    }

    private Pair started() throws IOException {
        Pair pair = connect();
        pair.server().start(new Listener());
        return pair;
    }

    private static void say(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] read(SocketChannel client, int length) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining() && client.read(all) >= 0) {
            // Until all is here.
        }
        assertEquals(0, all.remaining());
        return all.array();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T one = queue.poll(20, TimeUnit.SECONDS);
        assertNotNull(one);
        return one;
    }

    private void write(ByteSocket socket, byte[]... pieces) {
        ByteBuffer[] bytes = new ByteBuffer[pieces.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ByteBuffer.wrap(pieces[i]);
        }
        socket.write(failure -> writes.add(new End(failure)), bytes);
    }

    @Test
    void shouldEndItsDirectionBehindTheLastBytesAndReadOn() throws Exception {
        for (int length : new int[] {3, MUCH}) {
            Pair pair = started();
            pair.server().writeLast(failure -> writes.add(new End(failure)), ByteBuffer.allocate(length));
            read(pair.client(), length);
            assertNull(next(writes).failure());
            assertEquals(-1, pair.client().read(ByteBuffer.allocate(1)), "the end of the stream");
            say(pair.client(), "still heard");
            assertEquals("still heard", next(heard));
            pair.client().close();
            assertNull(next(ends).failure());
        }
    }

    @Test
    void shouldReadFromEachOfManySockets() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pairs.add(started());
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < pairs.size(); i++) {
                say(pairs.get(i).client(), "from " + i);
                assertEquals("from " + i, next(heard));
            }
        }
    }

    @Test
    void shouldNotReadASocketForAsLongAsItsReaderSays() throws Exception {
        List<Pair> pairs = List.of(started(), started(), started(), started());
        long begin = System.nanoTime();
        for (Pair pair : pairs.subList(0, 2)) {
            say(pair.client(), "pause");
            assertEquals("pause", next(heard));
            say(pair.client(), "later");
        }
        for (Pair pair : pairs.subList(2, 4)) {
            say(pair.client(), "other");
            assertEquals("other", next(heard));
        }
        assertEquals("later", next(heard));
        assertEquals("later", next(heard));
        assertTrue(System.nanoTime() - begin >= PAUSE_NANOS);
        say(pairs.get(0).client(), "again");
        assertEquals("again", next(heard));
    }

    @Test
    void shouldForgetASocketThatIsClosedWhileItPauses() throws Exception {
        Pair pair = started();
        say(pair.client(), "pause");
        assertEquals("pause", next(heard));
        pair.server().close();
        Pair other = started();
        say(other.client(), "pause");
        assertEquals("pause", next(heard));
        say(other.client(), "other");
        assertEquals("other", next(heard));
    }

    @Test
    void shouldReadWhatCameBeforeItStarted() throws Exception {
        Pair pair = connect();
        say(pair.client(), "early");
        pair.server().start(new Listener());
        assertEquals("early", next(heard));
    }

    @Test
    void shouldTellOnceThatTheClientHasClosed() throws Exception {
        Pair pair = started();
        pair.client().close();
        assertNull(next(ends).failure());
        pair.server().close();
        say(started().client(), "another");
        assertEquals("another", next(heard));
        assertTrue(ends.isEmpty());
    }

    @Test
    void shouldTellThatTheConnectionBroke() throws Exception {
        Pair pair = started();
        pair.client().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.client().close();
        assertInstanceOf(IOException.class, next(ends).failure());
    }

    @Test
    void shouldWriteAtOnceWhatTheSocketTakes() throws Exception {
        Pair pair = started();
        write(pair.server(), new byte[] {1, 2}, new byte[] {3});
        assertNull(writes.remove().failure(), "before it returned");
        assertArrayEquals(new byte[] {1, 2, 3}, read(pair.client(), 3));
    }

    @Test
    void shouldWriteTheRestInOrderAsTheClientReads() throws Exception {
        Pair pair = started();
        byte[] much = new byte[MUCH];
        new Random(1).nextBytes(much);
        write(pair.server(), new byte[] {1}, much);
        write(pair.server(), new byte[] {2});
        assertTrue(writes.isEmpty(), "no socket takes that much");
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(1);
        expected.writeBytes(much);
        expected.write(2);
        assertArrayEquals(expected.toByteArray(), read(pair.client(), MUCH + 2));
        assertNull(next(writes).failure());
        assertNull(next(writes).failure());
        // And what follows does not wait.
        write(pair.server(), new byte[] {3});
        assertNull(writes.remove().failure());
    }

    @Test
    void shouldWriteNothingBehindTheLast() throws Exception {
        Pair pair = started();
        write(pair.server(), new byte[MUCH]);
        pair.server().writeLast(failure -> writes.add(new End(failure)), ByteBuffer.wrap(new byte[] {1}));
        write(pair.server(), new byte[] {2});
        assertNotNull(next(writes).failure());
        assertEquals(1, read(pair.client(), MUCH + 1)[MUCH]);
        assertNull(next(writes).failure());
        assertNull(next(writes).failure());
        write(pair.server(), new byte[] {3});
        assertNotNull(writes.remove().failure());
        pair.server().close();
        assertEquals(-1, pair.client().read(ByteBuffer.allocate(1)));
    }

    @Test
    void shouldFailWhatWaitsWhenItIsClosed() throws Exception {
        Pair pair = started();
        write(pair.server(), new byte[MUCH]);
        write(pair.server(), new byte[] {2});
        pair.server().close();
        assertNotNull(next(writes).failure());
        assertNotNull(next(writes).failure());
        write(pair.server(), new byte[] {3});
        assertNotNull(writes.remove().failure());
        assertTrue(ends.isEmpty(), "whoever closes it knows");
        pair.server().close();
    }

    @Test
    void shouldFailWhatWaitsWhenTheClientIsGone() throws Exception {
        Pair pair = started();
        write(pair.server(), new byte[MUCH]);
        pair.client().setOption(StandardSocketOptions.SO_LINGER, 0);
        pair.client().close();
        assertNotNull(next(writes).failure());
        assertNotNull(next(ends).failure());
    }

    @Test
    void shouldEndTheSocketWhoseReaderFailsAndServeTheOthers() throws Exception {
        Pair other = started();
        Pair failing = started();
        Pair third = started();
        say(failing.client(), "fail");
        assertInstanceOf(IllegalStateException.class, Objects.requireNonNull(next(ends).failure()).getCause());
        say(other.client(), "a");
        assertEquals("a", next(heard));
        say(third.client(), "b");
        assertEquals("b", next(heard));
    }
}
