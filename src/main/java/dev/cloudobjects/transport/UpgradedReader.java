package dev.cloudobjects.transport;

import dev.cloudobjects.framing.FrameDecoder;
import dev.cloudobjects.framing.FrameException;
import dev.cloudobjects.limit.Bucket;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of an upgraded connection, on the thread of its loop. What is in their frames goes to the conversation.
 */
final class UpgradedReader implements ByteSocket.Reader, FrameDecoder.Sink {

    /** Pings that a client may send in a second, and at once. No client of WebSocket's own needs more than one in seconds. */
    private static final Rate PINGS = new Rate(10, 50);

    private final FrameDecoder decoder;
    private final Conversation conversation;
    private final UpgradedWire wire;
    private final Bucket pings = new Bucket(PINGS);
    private boolean refused;

    /** What of a frame was there, when last said. */
    private int incomplete;

    /** A reader. @param frameBytes the largest frame */
    UpgradedReader(int frameBytes, Conversation conversation, UpgradedWire wire) {
        this.decoder = new FrameDecoder(frameBytes, this);
        this.conversation = conversation;
        this.wire = wire;
    }

    @Override
    public long read(byte[] bytes, int length) {
        // What comes behind the end is read all the same: the client is not to wait for it, but for the close frame.
        if (refused) {
            return 0;
        }
        try {
            decoder.read(bytes, 0, length);
            int now = decoder.incomplete();
            if (now > 0 || incomplete > 0) {
                incomplete = now;
                conversation.incomplete(now);
            }
        } catch (FrameException e) {
            refused = true;
            refuse(e);
        }
        return conversation.pause(length);
    }

    private void refuse(FrameException why) {
        CloseCode code = CloseCode.find(why.closeCode()).orElse(CloseCode.PROTOCOL_ERROR);
        if (code == CloseCode.TOO_LARGE) {
            conversation.exceeded(code, why.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } else {
            conversation.violated(code, why.getMessage());
        }
    }

    @Override
    public void ended(@Nullable IOException failure) {
        wire.hungUp();
        if (failure == null) {
            conversation.closed(CloseCode.ABNORMAL, "");
        } else {
            conversation.failed(failure);
        }
    }

    // What is in the frames

    @Override
    public void text(byte[] part, boolean last) {
        conversation.utf8(part, last);
    }

    @Override
    public void binary(byte[] part, boolean last) {
        conversation.binary(part, last);
    }

    @Override
    public void ping(byte[] data) {
        conversation.heard();
        if (pings.take(System.nanoTime())) {
            wire.pong(data);
        } else {
            conversation.exceeded(CloseCode.POLICY, "pings came too fast", Meter.MESSAGES_ABUSE);
        }
    }

    @Override
    public void pong() {
        conversation.heard();
    }

    @Override
    public void close(int code, String reason) {
        conversation.closed(code, reason);
        wire.answerClose(code);
    }
}
