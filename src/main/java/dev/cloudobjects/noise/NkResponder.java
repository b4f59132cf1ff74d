package dev.cloudobjects.noise;

import java.security.SecureRandom;
import java.util.Arrays;

/** The server's half of the handshake NK. Used by one thread, for one handshake. */
public final class NkResponder {

    private final SymmetricState state;
    private final byte[] peer;
    private final byte[] payload;

    private NkResponder(SymmetricState state, byte[] peer, byte[] payload) {
        this.state = state;
        this.peer = peer;
        this.payload = payload;
    }

    /** What a handshake gave: the message for the client, and the channel. */
    public record Answer(byte[] message, NoiseChannel channel) {}

    /**
     * Reads the client's message.
     *
     * @param own the server's keys
     * @param prologue what both have to agree on for the handshake to succeed
     * @throws NoiseException when it was made for another key or another prologue, or damaged
     */
    public static NkResponder read(KeyPair own, byte[] prologue, byte[] message) throws NoiseException {
        if (message.length < X25519.LENGTH) {
            throw new NoiseException("a first message that is too short");
        }
        SymmetricState state = new SymmetricState(prologue, own.publicKey());
        byte[] peer = Arrays.copyOf(message, X25519.LENGTH);
        state.mixHash(peer);
        state.mixKey(own.agree(peer));
        return new NkResponder(state, peer, state.decryptAndHash(message, peer.length));
    }

    /** What the client said. Anyone can have recorded and repeated it. */
    public byte[] payload() {
        return payload;
    }

    /** Answers, and so opens the channel. @throws NoiseException when the client's key is of low order */
    public Answer answer(byte[] said, SecureRandom random) throws NoiseException {
        return answer(said, KeyPair.generate(random), NoiseChannel.REKEY_AFTER);
    }

    Answer answer(byte[] said, KeyPair ephemeral, long rekeyAfter) throws NoiseException {
        byte[] key = ephemeral.publicKey();
        state.mixHash(key);
        state.mixKey(ephemeral.agree(peer));
        byte[] message = state.encryptAndHash(said, key.length);
        System.arraycopy(key, 0, message, 0, key.length);
        byte[] hash = state.hash();
        CipherState[] directions = state.split();
        return new Answer(message, new NoiseChannel(directions[1], directions[0], hash, rekeyAfter));
    }
}
