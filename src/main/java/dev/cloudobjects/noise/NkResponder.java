package dev.cloudobjects.noise;

import java.security.SecureRandom;
import java.util.Arrays;

/** The server's side of the handshake NK. For one handshake, by one thread. */
public final class NkResponder {

    private final SymmetricState state;
    private final byte[] peer;

    private NkResponder(SymmetricState state, byte[] peer) {
        this.state = state;
        this.peer = peer;
    }

    /** The result of a handshake: the message for the client and the channel. */
    public record Answer(byte[] message, NoiseChannel channel) {}

    /**
     * Reads the client's handshake message.
     *
     * @param own the server's key pair
     * @param prologue data that must be equal on both sides
     * @throws NoiseException if the message was created for another key or another prologue, or is damaged
     */
    public static NkResponder read(KeyPair own, byte[] prologue, byte[] message) throws NoiseException {
        if (message.length < X25519.LENGTH) {
            throw new NoiseException("a first message that is too short");
        }
        SymmetricState state = new SymmetricState(prologue, own.publicKey());
        byte[] peer = Arrays.copyOf(message, X25519.LENGTH);
        state.mixHash(peer);
        state.mixKey(own.agree(peer));
        // The payload is not used: a recorded message with it can be replayed by anyone.
        state.decryptAndHash(message, peer.length);
        return new NkResponder(state, peer);
    }

    /** Creates the answer and the channel. @throws NoiseException if the client's key has a low order */
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
