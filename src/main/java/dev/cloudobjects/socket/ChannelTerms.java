package dev.cloudobjects.socket;

import dev.cloudobjects.noise.KeyPair;
import dev.cloudobjects.noise.NkResponder;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.security.EncryptionKeys;
import java.security.SecureRandom;

/** The terms of the encrypted channel of a connection. They are known after the WebSocket handshake, before the socket opens. */
public final class ChannelTerms {

    private static final byte[] NO_PAYLOAD = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EncryptionKeys keys;
    private final byte[] prologue;
    private final boolean demanded;

    /**
     * Terms.
     *
     * @param prologue what both sides must know, for the Noise handshake
     * @param demanded whether every message must be encrypted
     */
    public ChannelTerms(EncryptionKeys keys, byte[] prologue, boolean demanded) {
        this.keys = keys;
        this.prologue = prologue;
        this.demanded = demanded;
    }

    boolean demanded() {
        return demanded;
    }

    /** Reads a client's Noise handshake. @throws NoiseException when it is for another key or prologue */
    NkResponder.Answer accept(byte[] handshake) throws NoiseException {
        KeyPair own = keys.find(ChannelFrames.keyId(handshake))
                .orElseThrow(() -> new NoiseException("a handshake for a key that is not ours"));
        return NkResponder.read(own, prologue, ChannelFrames.said(handshake)).answer(NO_PAYLOAD, RANDOM);
    }
}
