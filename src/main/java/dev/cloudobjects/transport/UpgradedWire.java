package dev.cloudobjects.transport;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes frames to a socket. Only its close waits: for the client to answer. */
final class UpgradedWire implements Wire {

    private final ByteSocket socket;
    private final Lanes lanes;
    private final Duration closePatience;
    private final CountDownLatch peerGone = new CountDownLatch(1);

    /** No frame may follow: the client is gone, or a close frame was the last. */
    private volatile boolean over;

    /** A pong is on its way; guarded by this, as is the newest ping that has no answer yet, as that answer. */
    private boolean answering;

    private byte @Nullable [] pong;

    /** A wire. @param closePatience how long a client may take to answer a close frame */
    UpgradedWire(ByteSocket socket, Lanes lanes, Duration closePatience) {
        this.socket = socket;
        this.lanes = lanes;
        this.closePatience = closePatience;
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

    /** The client closed first: it gets its answer, and the connection ends. */
    void answerClose(int code) {
        peerGone.countDown();
        lanes.dispose(() -> close(code, ""));
    }

    /** The client's socket is gone, and ours follows. */
    void hungUp() {
        finish();
        peerGone.countDown();
        lanes.dispose(socket::close);
    }

    /** Says so and waits for the client to say the same, then ends the connection. */
    @Override
    public void close(int code, String reason) {
        if (finish() && code != CloseCode.ABNORMAL) {
            // A code that means that there was none can't be put into a frame.
            int said = code == CloseCode.NO_STATUS ? CloseCode.NORMAL.value() : code;
            write(Frames.close(said, CloseCode.fit(reason)));
            awaitPeer();
        }
        socket.close();
    }

    /** From now on only a close frame may follow. Whether that is new. */
    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        return first;
    }

    /** In vain, if the client does not answer: then it is not waited for any longer. */
    private void awaitPeer() {
        try {
            peerGone.await(closePatience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(byte[] frame) {
        socket.write(failure -> {
            // The next message, or the reader, finds the same.
        }, ByteBuffer.wrap(frame));
    }
}
