package dev.cloudobjects.socket;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.noise.NoiseChannel;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/**
 * A wire that encrypts messages once its channel is open. A message is encrypted when its write starts. One write is in progress at
 * a time, so messages are encrypted in the order in which they are written, which the counter of the channel requires.
 */
final class ChannelWire implements Wire {

    private final Wire socket;
    private final boolean demanded;
    private volatile @Nullable Opened opened;

    /**
     * A wire over a socket.
     *
     * @param demanded whether messages before the channel is open are dropped
     */
    ChannelWire(Wire socket, boolean demanded) {
        this.socket = socket;
        this.demanded = demanded;
    }

    private record Opened(NoiseChannel channel, Encoded answer) {}

    /** The channel is open: every later message is encrypted, except the answer to its handshake. Called once. */
    void open(NoiseChannel channel, Encoded answer) {
        opened = new Opened(channel, answer);
    }

    @Override
    public boolean encrypts() {
        return opened != null;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // This very message is meant, not one that is equal to it.
    public void send(Encoded message, Done done) {
        Opened now = opened;
        if (now == null && demanded) {
            done.ended(null);
        } else if (now == null || message == now.answer()) {
            socket.send(message, done);
        } else {
            byte[] sealed = now.channel().seal(message.toBytes(), ChannelFrames.HEADROOM);
            socket.send(ChannelFrames.sealed(sealed), done);
        }
    }

    @Override
    public void ping() {
        socket.ping();
    }

    /** Deletes the keys of the channel. */
    @Override
    public void over() {
        Opened now = opened;
        if (now != null) {
            now.channel().close();
        }
        socket.over();
    }

    /** A close frame is not encrypted, so its reason is a fixed text. */
    @Override
    public void close(int code, String reason) {
        boolean secret = demanded || encrypts();
        socket.close(code, secret ? CloseCode.find(code).map(CloseCode::reason).orElse("") : reason);
    }
}
