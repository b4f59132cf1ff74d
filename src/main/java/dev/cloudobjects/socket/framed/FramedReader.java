package dev.cloudobjects.socket.framed;

import dev.cloudobjects.framing.FrameDecoder;
import dev.cloudobjects.framing.FrameException;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.limit.RateLimiter;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.socket.SocketListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of a socket, on the thread of its event loop, and passes them to the listener.
 */
final class FramedReader implements ByteSocket.Reader, FrameDecoder.Sink {

    /** How many pings a client may send: 10 a second, and 50 at once. Common clients send less than one a second. */
    private static final Rate PINGS = new Rate(10, 50);

    private final FrameDecoder decoder;
    private final SocketListener listener;
    private final FramedWire wire;
    private final RateLimiter pings = new RateLimiter(PINGS);
    private boolean refused;

    /** The size of the incomplete frame when the listener was last told. */
    private int incomplete;

    /** A reader. @param frameBytes the largest frame, in bytes */
    FramedReader(int frameBytes, SocketListener listener, FramedWire wire) {
        this.decoder = new FrameDecoder(frameBytes, this);
        this.listener = listener;
        this.wire = wire;
    }

    @Override
    public long read(byte[] bytes, int length) {
        // Bytes after the end are read and dropped, so that a client that still sends can receive the close frame.
        if (refused) {
            return 0;
        }
        try {
            decoder.read(bytes, 0, length);
            int now = decoder.incomplete();
            if (now > 0 || incomplete > 0) {
                incomplete = now;
                listener.incomplete(now);
            }
        } catch (FrameException e) {
            refused = true;
            refuse(e);
        }
        return listener.pause(length);
    }

    private void refuse(FrameException why) {
        CloseCode code = CloseCode.find(why.closeCode()).orElse(CloseCode.PROTOCOL_ERROR);
        if (code == CloseCode.TOO_LARGE) {
            listener.exceeded(code, why.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } else {
            listener.violated(code, why.getMessage());
        }
    }

    @Override
    public void ended(@Nullable IOException failure) {
        wire.socketEnded();
        if (failure == null) {
            listener.closed(CloseCode.ABNORMAL, "");
        } else {
            listener.failed(failure);
        }
    }

    // Called by the decoder

    @Override
    public void text(byte[] part, boolean last) {
        listener.utf8(part, last);
    }

    @Override
    public void binary(byte[] part, boolean last) {
        listener.binary(part, last);
    }

    @Override
    public void ping(byte[] data) {
        listener.controlFrame();
        if (pings.take(System.nanoTime())) {
            wire.pong(data);
        } else {
            listener.exceeded(CloseCode.POLICY, "pings came too fast", Meter.MESSAGES_ABUSE);
        }
    }

    @Override
    public void pong() {
        listener.controlFrame();
    }

    @Override
    public void close(int code, String reason) {
        listener.closed(code, reason);
        wire.answerClose(code);
    }
}
