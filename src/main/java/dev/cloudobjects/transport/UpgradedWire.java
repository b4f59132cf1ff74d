package dev.cloudobjects.transport;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Writes frames to a socket. No thread waits, not even for the client to answer a close. */
final class UpgradedWire implements Wire {

    private final ByteSocket socket;
    private final SocketExecutors lanes;
    private final Patience patience;
    private final Runnable ending = this::end;

    /** No frame may follow: the client is gone, or a close frame was the last. */
    private volatile boolean over;

    /** A pong is on its way; guarded by this, as is the newest ping that has no answer yet, as that answer. */
    private boolean answering;

    private byte @Nullable [] pong;

    /** Guarded by this: our close frame has left, the client's has come, and the socket is being closed. */
    private boolean said;

    private boolean heard;
    private boolean ended;

    /** A wire. @param patience with a client that does not answer a close frame */
    UpgradedWire(ByteSocket socket, SocketExecutors lanes, Patience patience) {
        this.socket = socket;
        this.lanes = lanes;
        this.patience = patience;
    }

    @Override
    public void send(Encoded message, Done done) {
        byte[] bytes = message.toBytes();
        byte[] header = message instanceof Encoded.Text
                ? Frames.textHeader(bytes.length)
                : Frames.binaryHeader(bytes.length);
        if (over) {
            throw new IllegalStateException("the connection is closing");
        }
        socket.write(done::ended, ByteBuffer.wrap(header), ByteBuffer.wrap(bytes));
    }

    @Override
    public void ping() {
        write(Frames.ping());
    }

    /** Answers a ping; of several that come while an answer waits, only the newest, as RFC 6455 allows. */
    void pong(byte[] data) {
        synchronized (this) {
            pong = Frames.pong(data);
            if (answering) {
                return;
            }
            answering = true;
        }
        answer();
    }

    private void answer() {
        byte[] newest;
        synchronized (this) {
            newest = pong;
            pong = null;
            answering = newest != null && !over;
        }
        if (newest != null && !over) {
            socket.write(failure -> answer(), ByteBuffer.wrap(newest));
        }
    }

    /** The client has closed. If it was the first, it gets its answer. */
    void answerClose(int code) {
        boolean both;
        synchronized (this) {
            heard = true;
            both = said;
        }
        if (both) {
            end();
        } else if (finish()) {
            say(code, "");
        }
    }

    /** The client's socket is gone, and ours follows. */
    void hungUp() {
        finish();
        end();
    }

    /** Says so; the connection ends when the client has said the same, or does not in time. The second call ends it at once. */
    @Override
    public void close(int code, String reason) {
        // A code that means that there was no close frame can't be put into one.
        if (finish() && code != CloseCode.ABNORMAL) {
            say(code, reason);
        } else {
            end();
        }
    }

    /** From now on only a close frame may follow. Whether that is new. */
    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        return first;
    }

    private void say(int code, String reason) {
        patience.begin(ending);
        int known = code == CloseCode.NO_STATUS ? CloseCode.NORMAL.value() : code;
        socket.writeLast(this::said, ByteBuffer.wrap(Frames.close(known, CloseCode.fit(reason))));
    }

    private void said(@Nullable IOException failure) {
        boolean both;
        synchronized (this) {
            said = true;
            both = heard;
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
        patience.end(ending);
        try {
            lanes.runClose(socket::close);
        } catch (RejectedExecutionException e) {
            // The application stops, and its threads with it.
            socket.close();
        }
    }

    private void write(byte[] frame) {
        socket.write(failure -> {
            // The next message, or the reader, finds the same.
        }, ByteBuffer.wrap(frame));
    }
}
