package dev.cloudobjects.loop;

import dev.cloudobjects.log.Log;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** One thread that reads and writes the sockets that are ready. */
final class EventLoop implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;

    private final Selector selector;

    /** The buffer for reads; listeners copy what they keep. */
    private final byte[] chunk = new byte[CHUNK];

    /** Sockets that are not read from for a while, the one that is to be read from first ahead. Used by the thread. */
    private final PriorityQueue<Paused> paused = new PriorityQueue<>();

    private record Paused(long until, LoopSocket socket) implements Comparable<Paused> {

        @Override
        public int compareTo(Paused other) {
            // Their difference, because such a clock may pass the largest number.
            return Long.signum(until - other.until);
        }
    }

    EventLoop(String name) throws IOException {
        selector = Selector.open();
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Registers a socket, without any interest yet. */
    SelectionKey add(SocketChannel channel, LoopSocket socket) throws IOException {
        return channel.register(selector, 0, socket);
    }

    /** Makes the thread apply changed interests and cancelled keys. */
    void wakeup() {
        selector.wakeup();
    }

    /** Has a socket go on after so many nanoseconds. On the thread of this loop. */
    void resumeAfter(long nanos, LoopSocket socket) {
        paused.add(new Paused(System.nanoTime() + nanos, socket));
    }

    /** Lets sockets go on; tells how many milliseconds there are until the next one, 0 when there is none. */
    private long resume() {
        for (Paused next = paused.peek(); next != null; next = paused.peek()) {
            long nanos = next.until() - System.nanoTime();
            if (nanos > 0) {
                return TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
            }
            paused.remove().socket().resume();
        }
        return 0;
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select(this::ready, resume());
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                Log.LOOP_FAILED.log(e);
            }
        }
    }

    private void ready(SelectionKey key) {
        LoopSocket socket = (LoopSocket) key.attachment();
        try {
            socket.ready(chunk);
        } catch (RuntimeException | Error e) {
            // The failure of one socket does not affect the others.
            Log.LOOP_FAILED.log(e);
            socket.failed(new IOException(e));
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            Log.LOOP_FAILED.log(e);
        }
    }
}
