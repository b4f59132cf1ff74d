package dev.cloudobjects.socket;

import dev.cloudobjects.noise.KeyPair;
import dev.cloudobjects.noise.NkResponder;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.security.EncryptionKeys;
import java.security.SecureRandom;

/** On which terms a connection can have an encrypted channel: settled by its handshake, before the socket opens. */
public final class ChannelTerms {

    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EncryptionKeys keys;
    private final byte[] prologue;
    private final boolean demanded;

    /**
     * Terms.
     *
     * @param prologue what the client has to agree on
     * @param demanded whether the connection is nothing without a channel
     */
    public ChannelTerms(EncryptionKeys keys, byte[] prologue, boolean demanded) {
        this.keys = keys;
        this.prologue = prologue;
        this.demanded = demanded;
    }

    boolean demanded() {
        return demanded;
    }

    /** Takes a client's handshake. @throws NoiseException when it is not for one of our keys and these terms */
    NkResponder.Answer accept(byte[] handshake) throws NoiseException {
        KeyPair own = keys.find(ChannelFrames.keyId(handshake))
                .orElseThrow(() -> new NoiseException("a handshake for a key that is not ours"));
        return NkResponder.read(own, prologue, ChannelFrames.said(handshake)).answer(NOTHING, RANDOM);
    }
}
