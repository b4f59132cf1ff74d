package dev.cloudobjects.loop;

import dev.cloudobjects.log.Log;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One thread that reads and writes the sockets that are ready. */
final class EventLoop implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;

    private final Selector selector;

    /** The buffer for reads; listeners copy what they keep. */
    private final byte[] chunk = new byte[CHUNK];

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

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select(this::ready);
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
