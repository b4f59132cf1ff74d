package dev.cloudobjects.noise;

import java.security.SecureRandom;
import java.util.Arrays;

/** The server's half of the handshake NK. Used by one thread, for one handshake. */
public final class NkResponder {

    private final SymmetricState state;
    private final byte[] peer;

    private NkResponder(SymmetricState state, byte[] peer) {
        this.state = state;
        this.peer = peer;
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
        // What the client said with it is nothing that counts: anyone can have recorded and repeated it.
        state.decryptAndHash(message, peer.length);
        return new NkResponder(state, peer);
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
        CipherState[] directions = state.split();
        return new Answer(message, new NoiseChannel(directions[1], directions[0], rekeyAfter));
    }
}
