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

/** A socket of an event loop. Its monitor guards the waiting writes, and orders the bytes; no listener is called under it. */
final class LoopSocket implements ByteSocket {

    private final SocketChannel channel;
    private final EventLoop loop;
    private final SelectionKey key;
    private volatile @Nullable Reader reader;

    /** The most bytes for one write: the JDK copies all bytes of a write out of the heap, even if the socket accepts few. */
    private static final int SLICE = 64 * 1024;

    private final Deque<Write> waiting = new ArrayDeque<>(1);

    /** Whether the last write was queued: no later write is accepted. */
    private boolean outputClosing;

    /** Whether no write is accepted, because the socket has closed or failed. */
    private boolean closed;

    LoopSocket(SocketChannel channel, EventLoop loop) throws IOException {
        this.channel = channel;
        this.loop = loop;
        this.key = loop.add(channel, this);
    }

    private record Write(ByteBuffer[] bytes, Done done) {

        /** Writes what the socket accepts. Returns whether that was all. */
        boolean writeTo(SocketChannel channel) throws IOException {
            ByteBuffer last = bytes[bytes.length - 1];
            int end = last.limit();
            do {
                last.limit(Math.min(end, last.position() + SLICE));
                if (bytes.length == 1) {
                    channel.write(last);
                } else {
                    channel.write(bytes);
                }
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
        if (addInterest(SelectionKey.OP_READ)) {
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

    /** Returns whether all was written; otherwise the rest waits. */
    private synchronized boolean writeNow(Write write, boolean last) throws IOException {
        if (closed || outputClosing) {
            throw new ClosedChannelException();
        }
        outputClosing = last;
        if (waiting.isEmpty()) {
            // If this fails, a part of a frame may have been written, so no other may follow.
            closed = true;
            boolean whole = write.writeTo(channel);
            closed = false;
            if (whole) {
                halfCloseIfLast();
                return true;
            }
            if (addInterest(SelectionKey.OP_WRITE)) {
                loop.wakeup();
            }
        }
        waiting.add(write);
        return false;
    }

    /** The socket is ready. Called on the event loop's thread. */
    void ready(byte[] chunk) {
        try {
            if (key.isWritable()) {
                resumeWrites();
            }
            if (key.isReadable()) {
                read(chunk);
            }
        } catch (CancelledKeyException e) {
            // The socket was closed by the application.
        }
    }

    private void resumeWrites() {
        List<Write> written = new ArrayList<>();
        IOException failure = null;
        synchronized (this) {
            try {
                while (!waiting.isEmpty() && waiting.element().writeTo(channel)) {
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

    /** Closes the output only, because closing the socket could discard bytes that the client has not received yet. */
    private void halfCloseIfLast() throws IOException {
        if (outputClosing) {
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
            // A socket at its end is always readable.
            key.interestOpsAnd(~SelectionKey.OP_READ);
            notifyEnd(null);
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

    /** Reads again after a pause. Called on the event loop's thread. */
    void resume() {
        addInterest(SelectionKey.OP_READ);
    }

    /** Ends the socket with a failure. Called on the event loop's thread. */
    void failed(IOException failure) {
        end(failure);
        notifyEnd(failure);
    }

    private void notifyEnd(@Nullable IOException failure) {
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
            // Nothing more can be done.
        }
        // The file descriptor is freed when the event loop has removed the cancelled key.
        loop.wakeup();
    }

    private void end(IOException failure) {
        List<Write> lost;
        synchronized (this) {
            closed = true;
            lost = List.copyOf(waiting);
            waiting.clear();
        }
        key.cancel();
        lost.forEach(write -> write.done().ended(failure));
    }

    /** Adds an interest. Returns whether it was added: not after the socket was closed. */
    private boolean addInterest(int operation) {
        try {
            key.interestOpsOr(operation);
            return true;
        } catch (CancelledKeyException e) {
            return false;
        }
    }
}
