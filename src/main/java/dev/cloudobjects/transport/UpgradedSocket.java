package dev.cloudobjects.transport;

import dev.cloudobjects.framing.FrameDecoder;
import dev.cloudobjects.framing.FrameException;
import dev.cloudobjects.limit.Bucket;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Wire;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection over the upgrade of the servlet container, with frames of our own: the container hands over
 * bytes and knows nothing of WebSocket. Its reader is the container's thread, one at a time; its writer is
 * {@link UpgradedWire}.
 */
public final class UpgradedSocket implements HttpUpgradeHandler, ReadListener, FrameDecoder.Sink {

    /** Pings that a client may send in a second, and at once. No client of WebSocket's own needs more than one in seconds. */
    private static final Rate PINGS = new Rate(10, 50);

    private static final int VANISHED = 1006;
    private static final int CHUNK = 16 * 1024;

    /** What a reader's thread reads into; nothing of it is kept. */
    private static final ThreadLocal<byte[]> CHUNKS = ThreadLocal.withInitial(() -> new byte[CHUNK]);

    private final Bucket pings = new Bucket(PINGS);
    private @Nullable Start start;
    private @Nullable ServletInputStream input;
    private @Nullable FrameDecoder decoder;
    private boolean refused;
    private volatile @Nullable Conversation conversation;
    private volatile @Nullable UpgradedWire wire;

    /**
     * What the handshake decided.
     *
     * @param frameBytes the largest frame
     * @param conversations opens the conversation on the socket
     * @param lanes the threads that write
     * @param closePatience how long a client may take to answer a close frame
     */
    record Start(
            int frameBytes, Function<Wire, Conversation> conversations, Lanes lanes, Duration closePatience) {}

    /** The container makes it, and it is told this ahead of {@link #init}. */
    void start(Start accepted) {
        this.start = accepted;
    }

    @Override
    public void init(WebConnection connection) {
        Start accepted = start;
        if (accepted == null) {
            throw new IllegalStateException("upgraded without a handshake");
        }
        start = null;
        try {
            ServletInputStream in = connection.getInputStream();
            UpgradedWire out = new UpgradedWire(connection, accepted.lanes(), accepted.closePatience());
            input = in;
            wire = out;
            decoder = new FrameDecoder(accepted.frameBytes(), this);
            Conversation opened = accepted.conversations().apply(out);
            conversation = opened;
            opened.begin();
            in.setReadListener(this);
        } catch (IOException e) {
            onError(e);
        }
    }

    // The reader

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream in = input;
        FrameDecoder frames = decoder;
        Conversation talk = conversation;
        if (in == null || frames == null || talk == null) {
            return;
        }
        byte[] chunk = CHUNKS.get();
        try {
            while (in.isReady()) {
                int read = in.read(chunk, 0, chunk.length);
                if (read < 0) {
                    return;
                }
                // What comes behind the end is read all the same, so that the container does not offer it for ever.
                if (!refused) {
                    frames.read(chunk, 0, read);
                }
            }
            if (frames.incomplete() > 0) {
                talk.incomplete(frames.incomplete());
            }
        } catch (FrameException e) {
            refused = true;
            refuse(talk, e);
        }
    }

    private static void refuse(Conversation talk, FrameException why) {
        CloseCode code = CloseCode.find(why.closeCode()).orElse(CloseCode.PROTOCOL_ERROR);
        if (code == CloseCode.TOO_LARGE) {
            talk.exceeded(code, why.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } else {
            talk.violated(code, why.getMessage());
        }
    }

    @Override
    public void onAllDataRead() {
        ended(VANISHED, "");
    }

    @Override
    public void onError(Throwable failure) {
        Conversation talk = conversation;
        hungUp();
        if (talk != null) {
            talk.failed(failure);
        }
    }

    @Override
    public void destroy() {
        ended(VANISHED, "");
    }

    private void ended(int code, String reason) {
        Conversation talk = conversation;
        hungUp();
        if (talk != null) {
            talk.closed(code, reason);
        }
    }

    private void hungUp() {
        UpgradedWire out = wire;
        if (out != null) {
            out.hungUp();
        }
    }

    // What is in the frames

    @Override
    public void text(byte[] part, boolean last) {
        Conversation talk = conversation;
        if (talk != null) {
            talk.utf8(part, last);
        }
    }

    @Override
    public void binary(byte[] part, boolean last) {
        Conversation talk = conversation;
        if (talk != null) {
            talk.binary(part, last);
        }
    }

    @Override
    public void ping(byte[] data) {
        Conversation talk = conversation;
        UpgradedWire out = wire;
        if (talk == null || out == null) {
            return;
        }
        talk.heard();
        if (pings.take(System.nanoTime())) {
            out.pong(data);
        } else {
            talk.exceeded(CloseCode.POLICY, "pings came too fast", Meter.MESSAGES_ABUSE);
        }
    }

    @Override
    public void pong() {
        Conversation talk = conversation;
        if (talk != null) {
            talk.heard();
        }
    }

    @Override
    public void close(int code, String reason) {
        Conversation talk = conversation;
        UpgradedWire out = wire;
        if (talk == null || out == null) {
            return;
        }
        talk.closed(code, reason);
        out.answerClose(code);
    }
}
