package dev.cloudobjects.loop;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Several event loops; each new socket is given to the next one. */
public final class EventLoops implements AutoCloseable {

    private final List<EventLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    /** Starts the threads. @param threads at least 1 @throws IOException when the system has no more file descriptors */
    public EventLoops(String name, int threads) throws IOException {
        List<EventLoop> started = new ArrayList<>();
        for (int i = 1; i <= threads; i++) {
            started.add(new EventLoop(name + "-" + i));
        }
        loops = List.copyOf(started);
    }

    /**
     * Makes a socket of a connected channel.
     *
     * @param channel non-blocking; it may be registered with other selectors that do not read or write it
     * @throws IOException when the channel is closed
     */
    public ByteSocket open(SocketChannel channel) throws IOException {
        EventLoop loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
        return new LoopSocket(channel, loop);
    }

    /** Ends the threads, without closing the sockets. */
    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
