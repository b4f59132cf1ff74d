package dev.cloudobjects.transport;

import dev.cloudobjects.framing.FrameDecoder;
import dev.cloudobjects.framing.FrameException;
import dev.cloudobjects.limit.Bucket;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/**
 * Reads the bytes of an upgraded connection, on the container's thread, one at a time. What is in their frames goes to the
 * conversation.
 */
final class UpgradedReader implements ReadListener, FrameDecoder.Sink {

    /** Pings that a client may send in a second, and at once. No client of WebSocket's own needs more than one in seconds. */
    private static final Rate PINGS = new Rate(10, 50);

    private static final int CHUNK = 16 * 1024;

    /** What a reader's thread reads into; nothing of it is kept. */
    private static final ThreadLocal<byte[]> CHUNKS = ThreadLocal.withInitial(() -> new byte[CHUNK]);

    private final ServletInputStream input;
    private final FrameDecoder decoder;
    private final Conversation conversation;
    private final UpgradedWire wire;
    private final Bucket pings = new Bucket(PINGS);
    private boolean refused;

    /** A reader. @param frameBytes the largest frame */
    UpgradedReader(ServletInputStream input, int frameBytes, Conversation conversation, UpgradedWire wire) {
        this.input = input;
        this.decoder = new FrameDecoder(frameBytes, this);
        this.conversation = conversation;
        this.wire = wire;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = CHUNKS.get();
        try {
            while (input.isReady()) {
                int read = input.read(chunk, 0, chunk.length);
                if (read < 0) {
                    return;
                }
                // What comes behind the end is read all the same, so that the container does not offer it for ever.
                if (!refused) {
                    decoder.read(chunk, 0, read);
                }
            }
            if (decoder.incomplete() > 0) {
                conversation.incomplete(decoder.incomplete());
            }
        } catch (FrameException e) {
            refused = true;
            refuse(e);
        }
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
    public void onAllDataRead() {
        wire.hungUp();
        conversation.closed(CloseCode.ABNORMAL, "");
    }

    @Override
    public void onError(Throwable failure) {
        wire.hungUp();
        conversation.failed(failure);
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
