package dev.cloudobjects.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A socket of a loop. Its monitor guards what waits, and orders the bytes; no listener is called under it. */
final class LoopSocket implements ByteSocket {

    private final SocketChannel channel;
    private final EventLoop loop;
    private final SelectionKey key;
    private volatile @Nullable Reader reader;

    /** What the JDK copies out of the heap at each attempt to write, whether or not the socket takes it. */
    private static final int SLICE = 64 * 1024;

    private final Deque<Write> waiting = new ArrayDeque<>(1);

    /** Nothing may be written behind what waits. */
    private boolean sealed;

    /** Nothing is written any more. */
    private boolean over;

    LoopSocket(SocketChannel channel, EventLoop loop) throws IOException {
        this.channel = channel;
        this.loop = loop;
        this.key = loop.add(channel, this);
    }

    private record Write(ByteBuffer[] bytes, Done done) {

        /** Whether all of it is gone. */
        boolean by(SocketChannel channel) throws IOException {
            ByteBuffer last = bytes[bytes.length - 1];
            int end = last.limit();
            do {
                last.limit(Math.min(end, last.position() + SLICE));
                channel.write(bytes);
                if (last.hasRemaining()) {
                    last.limit(end);
                    return false;
                }
                last.limit(end);
            } while (last.hasRemaining());
            return true;
        }
    }

    @Override
    public void start(Reader listener) {
        reader = listener;
        if (interested(SelectionKey.OP_READ)) {
            loop.wakeup();
        }
    }

    @Override
    public void write(Done done, ByteBuffer... bytes) {
        write(new Write(bytes, done), false);
    }

    @Override
    public void writeLast(Done done, ByteBuffer... bytes) {
        write(new Write(bytes, done), true);
    }

    private void write(Write write, boolean last) {
        IOException failure;
        try {
            if (!writeNow(write, last)) {
                return;
            }
            failure = null;
        } catch (IOException e) {
            failure = e;
        }
        write.done().ended(failure);
    }

    /** Whether it is written; otherwise it waits. */
    private synchronized boolean writeNow(Write write, boolean last) throws IOException {
        if (over || sealed) {
            throw new ClosedChannelException();
        }
        sealed = last;
        if (waiting.isEmpty()) {
            // A frame that has left in part can't be followed by another, unless the rest follows.
            over = true;
            boolean whole = write.by(channel);
            over = false;
            if (whole) {
                halfCloseIfLast();
                return true;
            }
            if (interested(SelectionKey.OP_WRITE)) {
                loop.wakeup();
            }
        }
        waiting.add(write);
        return false;
    }

    /** On the loop's thread: the socket is ready for what it was waited for. */
    void ready(byte[] chunk) {
        try {
            if (key.isWritable()) {
                writeOn();
            }
            if (key.isReadable()) {
                read(chunk);
            }
        } catch (CancelledKeyException e) {
            // Somebody closed it, and hears of the end from there.
        }
    }

    private void writeOn() {
        List<Write> written = new ArrayList<>();
        IOException failure = null;
        synchronized (this) {
            try {
                while (!waiting.isEmpty() && waiting.element().by(channel)) {
                    written.add(waiting.remove());
                }
                if (waiting.isEmpty()) {
                    halfCloseIfLast();
                    key.interestOpsAnd(~SelectionKey.OP_WRITE);
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        written.forEach(write -> write.done().ended(null));
        if (failure != null) {
            failed(failure);
        }
    }

    /** The client learns by it that nothing follows, and is read on: closing here would take back what it has not received yet. */
    private void halfCloseIfLast() throws IOException {
        if (sealed) {
            channel.shutdownOutput();
        }
    }

    private void read(byte[] chunk) {
        Reader listener = reader;
        if (listener == null) {
            return;
        }
        int length;
        try {
            length = channel.read(ByteBuffer.wrap(chunk));
        } catch (IOException e) {
            failed(e);
            return;
        }
        if (length < 0) {
            // It would be readable for ever.
            key.interestOpsAnd(~SelectionKey.OP_READ);
            tellEnd(null);
        } else {
            pause(listener.read(chunk, length));
        }
    }

    private void pause(long nanos) {
        if (nanos > 0) {
            key.interestOpsAnd(~SelectionKey.OP_READ);
            loop.resumeAfter(nanos, this);
        }
    }

    /** On the loop's thread: the pause is over. */
    void resume() {
        interested(SelectionKey.OP_READ);
    }

    /** On the loop's thread: it can be used no more. */
    void failed(IOException failure) {
        end(failure);
        tellEnd(failure);
    }

    private void tellEnd(@Nullable IOException failure) {
        Reader listener = reader;
        if (listener != null) {
            reader = null;
            listener.ended(failure);
        }
    }

    @Override
    public void close() {
        end(new ClosedChannelException());
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed, as far as it can be.
        }
        // A closed socket goes when its loop has let go of it.
        loop.wakeup();
    }

    private void end(IOException failure) {
        List<Write> lost;
        synchronized (this) {
            over = true;
            lost = List.copyOf(waiting);
            waiting.clear();
        }
        key.cancel();
        lost.forEach(write -> write.done().ended(failure));
    }

    /** Whether it is heard from for this now: not when it is closed. */
    private boolean interested(int operation) {
        try {
            key.interestOpsOr(operation);
            return true;
        } catch (CancelledKeyException e) {
            return false;
        }
    }
}
