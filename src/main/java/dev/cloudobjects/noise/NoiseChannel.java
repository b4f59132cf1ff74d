package dev.cloudobjects.noise;

/**
 * An encrypted channel with two directions, each with its own key and message counter. Messages are decrypted only in the
 * order of their encryption. After the first failure no further message is decrypted.
 *
 * <p>Each direction may be used by one thread at a time, independently of the other one. Any thread may close the channel.
 */
public final class NoiseChannel implements AutoCloseable {

    /** The size of an encrypted message minus the size of its plaintext, in bytes. */
    public static final int OVERHEAD = AesGcm.TAG;

    /** The number of messages after which a direction changes its key. A count, because the two clocks may differ. */
    static final long REKEY_AFTER = 1L << 20;

    private static final byte[] NO_DATA = {};

    private final CipherState sealing;
    private final CipherState opening;
    private final long rekeyAfter;
    private final Object sealingLock = new Object();
    private final Object openingLock = new Object();
    // Guarded by openingLock.
    private boolean broken;
    // Guarded by sealingLock.
    private boolean closed;

    NoiseChannel(CipherState sealing, CipherState opening, long rekeyAfter) {
        this.sealing = sealing;
        this.opening = opening;
        this.rekeyAfter = rekeyAfter;
    }

    /**
     * Encrypts a message; the result starts with {@code headroom} unused bytes for a frame header.
     *
     * @throws IllegalStateException if the channel is closed
     */
    public byte[] seal(byte[] plaintext, int headroom) {
        synchronized (sealingLock) {
            if (closed) {
                throw new IllegalStateException("the channel is closed");
            }
            byte[] message = sealing.encrypt(NO_DATA, plaintext, headroom);
            count(sealing);
            return message;
        }
    }

    /**
     * Decrypts a message after its first {@code headroom} bytes.
     *
     * @throws NoiseException if it is not the next message, or an earlier one has failed
     */
    public byte[] open(byte[] message, int headroom) throws NoiseException {
        synchronized (openingLock) {
            if (broken) {
                throw new NoiseException("a message after a failed one, or after the close");
            }
            try {
                byte[] plaintext = opening.decrypt(NO_DATA, message, headroom);
                count(opening);
                return plaintext;
            } catch (NoiseException e) {
                breakOff();
                throw e;
            }
        }
    }

    /** Overwrites the keys of both directions, after a call in progress. Later calls fail. */
    @Override
    public void close() {
        synchronized (sealingLock) {
            closed = true;
            sealing.wipe();
        }
        synchronized (openingLock) {
            breakOff();
        }
    }

    private void breakOff() {
        broken = true;
        opening.wipe();
    }

    private void count(CipherState direction) {
        if (direction.count() % rekeyAfter == 0) {
            direction.rekey();
        }
    }
}
