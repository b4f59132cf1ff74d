package dev.cloudobjects.transport;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.noise.NoiseChannel;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/**
 * A wire that seals messages from the moment its channel is open. It does so where a write starts: one at a time, in the
 * order in which they leave, which is what the counter of the channel asks for.
 */
final class ChannelWire implements Wire {

    private final Wire socket;
    private final boolean demanded;
    private volatile @Nullable Opened opened;

    /**
     * A wire over a socket.
     *
     * @param demanded whether nothing may leave in clear, not even before the channel is open
     */
    ChannelWire(Wire socket, boolean demanded) {
        this.socket = socket;
        this.demanded = demanded;
    }

    private record Opened(NoiseChannel channel, Encoded answer) {}

    /** The channel is open: all but the answer to its handshake is sealed from here on. Called once. */
    void open(NoiseChannel channel, Encoded answer) {
        opened = new Opened(channel, answer);
    }

    @Override
    public boolean encrypts() {
        return opened != null;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The answer is known by its identity: no other message is as good.
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

    /** Wipes the keys of the channel. */
    @Override
    public void over() {
        Opened now = opened;
        if (now != null) {
            now.channel().close();
        }
        socket.over();
    }

    /** A close frame travels in clear, so it has the code and nothing that was made of a message. */
    @Override
    public void close(int code, String reason) {
        boolean secret = demanded || encrypts();
        socket.close(code, secret ? CloseCode.find(code).map(CloseCode::reason).orElse("") : reason);
    }
}
