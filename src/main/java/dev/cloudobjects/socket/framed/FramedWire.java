package dev.cloudobjects.socket.framed;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.time.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Writes frames to a socket. No thread waits, not even for the client's close frame. Safe for use by many threads. */
final class FramedWire implements Wire {

    private final ByteSocket socket;
    private final SocketExecutors executors;
    private final Timeouts timeouts;
    private final Runnable ending = this::end;

    /** No frame may be written: the client has disconnected, or a close frame was the last. Written under the monitor. */
    private volatile boolean closing;

    /** Whether a pong is being written. Guarded by the monitor, as all fields below. */
    private boolean pongInProgress;

    /** The answer to the newest ping without one. */
    private byte @Nullable [] pong;

    /** Whether the close frame was written. */
    private boolean closeSent;

    /** Whether a close frame was received. */
    private boolean closeReceived;

    /** Whether the socket is being closed. */
    private boolean ended;

    /** A wire. @param timeouts how long a client may take to answer a close frame */
    FramedWire(ByteSocket socket, SocketExecutors executors, Timeouts timeouts) {
        this.socket = socket;
        this.executors = executors;
        this.timeouts = timeouts;
    }

    @Override
    public void send(Encoded message, Done done) {
        byte[] bytes = message.toBytes();
        if (closing) {
            throw new IllegalStateException("the connection is closing");
        }
        socket.write(done::ended, message instanceof Encoded.Text ? Frames.text(bytes) : Frames.binary(bytes));
    }

    @Override
    public void ping() {
        write(Frames.ping());
    }

    /** Answers a ping. While a pong is being written, only the newest ping is answered afterwards, as RFC 6455 allows. */
    void pong(byte[] data) {
        synchronized (this) {
            pong = Frames.pong(data);
            if (pongInProgress) {
                return;
            }
            pongInProgress = true;
        }
        writePong();
    }

    private void writePong() {
        byte[] newest;
        synchronized (this) {
            newest = pong;
            pong = null;
            pongInProgress = newest != null && !closing;
        }
        if (newest != null && !closing) {
            socket.write(failure -> writePong(), ByteBuffer.wrap(newest));
        }
    }

    /** A close frame was received. It is answered, unless it is an answer itself. */
    void answerClose(int code) {
        boolean both;
        synchronized (this) {
            closeReceived = true;
            both = closeSent;
        }
        if (both) {
            end();
        } else if (beginClose()) {
            writeClose(code, "");
        }
    }

    /** The client has disconnected. */
    void socketEnded() {
        beginClose();
        end();
    }

    /** Writes a close frame. The socket closes when the client has answered it, or after the timeout. A second call closes it at once. */
    @Override
    public void close(int code, String reason) {
        // A close frame may not contain this code.
        if (beginClose() && code != CloseCode.ABNORMAL) {
            writeClose(code, reason);
        } else {
            end();
        }
    }

    /** Allows no further frame but a close frame. Returns whether this is the first call. */
    private synchronized boolean beginClose() {
        boolean first = !closing;
        closing = true;
        return first;
    }

    private void writeClose(int code, String reason) {
        timeouts.start(ending);
        int known = code == CloseCode.NO_STATUS ? CloseCode.NORMAL.value() : code;
        socket.writeLast(this::closeWritten, ByteBuffer.wrap(Frames.close(known, CloseCode.fit(reason))));
    }

    private void closeWritten(@Nullable IOException failure) {
        boolean both;
        synchronized (this) {
            closeSent = true;
            both = closeReceived;
        }
        if (failure != null || both) {
            end();
        }
    }

    private void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        timeouts.cancel(ending);
        try {
            executors.runClose(socket::close);
        } catch (RejectedExecutionException e) {
            // The application stops, so the executor accepts nothing.
            socket.close();
        }
    }

    private void write(byte[] frame) {
        socket.write(failure -> {
            // The next write, or the reader, reports the same failure.
        }, ByteBuffer.wrap(frame));
    }
}
