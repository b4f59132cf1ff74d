package dev.cloudobjects.loop;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Some threads, among which the sockets are dealt out. */
public final class EventLoops implements AutoCloseable {

    private final List<EventLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    /** So many threads, one at least. @throws IOException when the system has no more file descriptors */
    public EventLoops(String name, int threads) throws IOException {
        List<EventLoop> started = new ArrayList<>();
        for (int i = 1; i <= threads; i++) {
            started.add(new EventLoop(name + "-" + i));
        }
        loops = List.copyOf(started);
    }

    /**
     * Takes a connected channel over.
     *
     * @param channel one that does not block; it may be registered with selectors of others as long as those do nothing with it
     * @throws IOException when it is closed already
     */
    public ByteSocket open(SocketChannel channel) throws IOException {
        EventLoop loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
        return new LoopSocket(channel, loop);
    }

    /** Ends the threads; the sockets stay as they are. */
    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
