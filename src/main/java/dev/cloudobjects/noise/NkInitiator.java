package dev.cloudobjects.noise;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The client's side of the handshake NK: it knows the server's public key, and is not authenticated itself. For one
 * handshake, by one thread. The server does not use it; it is for Java clients, tests and benchmarks.
 */
public final class NkInitiator {

    private final SymmetricState state;
    private final KeyPair ephemeral;
    private final byte[] message;

    private NkInitiator(SymmetricState state, KeyPair ephemeral, byte[] message) {
        this.state = state;
        this.ephemeral = ephemeral;
        this.message = message;
    }

    /** The result of a handshake: the server's payload and the channel. */
    public record Finished(byte[] payload, NoiseChannel channel) {}

    /**
     * Starts a handshake.
     *
     * @param serverKey the server's public key
     * @param prologue data that must be equal on both sides
     * @param payload the payload of the first message; a later owner of the server's private key can decrypt it
     * @throws NoiseException if the server's key is invalid
     */
    public static NkInitiator start(byte[] serverKey, byte[] prologue, byte[] payload, SecureRandom random)
            throws NoiseException {
        return start(serverKey, prologue, payload, KeyPair.generate(random));
    }

    static NkInitiator start(byte[] serverKey, byte[] prologue, byte[] payload, KeyPair ephemeral)
            throws NoiseException {
        SymmetricState state = new SymmetricState(prologue, serverKey);
        byte[] key = ephemeral.publicKey();
        state.mixHash(key);
        state.mixKey(ephemeral.agree(serverKey));
        byte[] message = state.encryptAndHash(payload, key.length);
        System.arraycopy(key, 0, message, 0, key.length);
        return new NkInitiator(state, ephemeral, message);
    }

    /** The first handshake message. */
    public byte[] message() {
        return message;
    }

    /** Reads the server's answer. @throws NoiseException if it does not belong to this handshake */
    public Finished finish(byte[] answer) throws NoiseException {
        return finish(answer, NoiseChannel.REKEY_AFTER);
    }

    Finished finish(byte[] answer, long rekeyAfter) throws NoiseException {
        if (answer.length < X25519.LENGTH) {
            throw new NoiseException("an answer that is too short");
        }
        byte[] key = Arrays.copyOf(answer, X25519.LENGTH);
        state.mixHash(key);
        state.mixKey(ephemeral.agree(key));
        byte[] payload = state.decryptAndHash(answer, key.length);
        CipherState[] directions = state.split();
        return new Finished(payload, new NoiseChannel(directions[0], directions[1], rekeyAfter));
    }
}
