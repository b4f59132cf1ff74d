package dev.cloudobjects.transport;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Wire;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to an upgraded connection, and waits for the socket while it does: for threads that cost nothing, and
 * under a time limit of the container's ({@code upgradewritetimeout} of Open Liberty), without which a client that reads
 * no more would keep its thread.
 *
 * <p>All writes and the close of the connection happen under the monitor of the output stream. It is the one that the
 * container closes the stream under, when it finds the client gone: so nothing is closed in the middle of a write.
 */
final class UpgradedWire implements Wire {

    private final WebConnection connection;
    private final ServletOutputStream output;
    private final Lanes lanes;
    private final Duration closePatience;
    private final CountDownLatch peerGone = new CountDownLatch(1);

    /** Nothing can be written any more. Guarded by the output's monitor. */
    private boolean over;

    private volatile boolean gone;

    /** The newest ping that has no answer yet, as that answer. Guarded by this. */
    private byte @Nullable [] pong;

    /** A wire. @param closePatience how long a client may take to answer a close frame */
    UpgradedWire(WebConnection connection, Lanes lanes, Duration closePatience) throws IOException {
        this.closePatience = closePatience;
        this.connection = connection;
        this.output = connection.getOutputStream();
        this.lanes = lanes;
    }

    @Override
    public void send(Encoded message, Done done) {
        byte[] bytes = message.toBytes();
        byte[] header = message instanceof Encoded.Text
                ? Frames.textHeader(bytes.length)
                : Frames.binaryHeader(bytes.length);
        try {
            write(header, bytes);
        } catch (IOException e) {
            done.ended(e);
            return;
        }
        done.ended(null);
    }

    @Override
    public void ping() {
        try {
            write(Frames.ping());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a ping, not on the reader's thread, and of several that wait only the newest, as RFC 6455 allows. */
    void pong(byte[] data) {
        synchronized (this) {
            boolean waits = pong != null;
            pong = Frames.pong(data);
            if (waits) {
                return;
            }
        }
        lanes.sending().execute(this::pong);
    }

    private void pong() {
        synchronized (output) {
            byte[] newest;
            synchronized (this) {
                newest = pong;
                pong = null;
            }
            try {
                if (newest != null) {
                    write(newest);
                }
            } catch (IOException e) {
                // The next message, or the reader, finds the same.
            }
        }
    }

    /** The client closed first: it gets its answer, and the connection ends. */
    void answerClose(int code) {
        peerGone.countDown();
        lanes.dispose(() -> close(code, ""));
    }

    /** The client's socket is gone, and ours follows. */
    void hungUp() {
        boolean first = !gone;
        gone = true;
        peerGone.countDown();
        if (first) {
            lanes.dispose(this::end);
        }
    }

    /** Says so and waits for the client to say the same, then ends the connection. */
    @Override
    public void close(int code, String reason) {
        if (code != CloseCode.ABNORMAL) {
            sayClose(code, reason);
        }
        end();
    }

    private void end() {
        synchronized (output) {
            over = true;
            try {
                connection.close();
            } catch (Exception e) {
                // It is closed already, which is what was wanted.
            }
        }
        TcpEnd.of(connection);
    }

    private void sayClose(int code, String reason) {
        try {
            synchronized (output) {
                // A code that means that there was none can't be put into a frame.
                int said = code == CloseCode.NO_STATUS ? CloseCode.NORMAL.value() : code;
                write(Frames.close(said, CloseCode.fit(reason)));
                over = true;
            }
            awaitPeer();
        } catch (IOException e) {
            // It can't be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In vain, if the client does not answer: then it is not waited for any longer. */
    private void awaitPeer() throws InterruptedException {
        if (!peerGone.await(closePatience.toMillis(), TimeUnit.MILLISECONDS)) {
            gone = true;
        }
    }

    private void write(byte[]... pieces) throws IOException {
        synchronized (output) {
            // Not left to the container, which takes it for an error worth a line in the log.
            if (over || gone) {
                throw new IOException("the connection is closing");
            }
            // Once a part of a frame has left without the rest, nothing that follows would be understood.
            over = true;
            for (byte[] piece : pieces) {
                output.write(piece, 0, piece.length);
            }
            output.flush();
            over = false;
        }
    }
}
