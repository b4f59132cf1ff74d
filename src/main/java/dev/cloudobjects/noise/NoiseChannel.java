package dev.cloudobjects.noise;

/**
 * An encrypted channel: two directions, each with a key of its own and a count of messages that never travels. Messages are
 * opened in the order in which they were sealed, or not at all; after the first that fails, none is opened any more.
 *
 * <p>Each direction is used by one thread at a time, and the two are independent; any thread may close.
 */
public final class NoiseChannel implements AutoCloseable {

    /** By how much a sealed message is longer than what is in it. */
    public static final int OVERHEAD = AesGcm.TAG;

    /** After so many messages a direction goes on with a new key. By count, because clocks can't agree. */
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
     * Seals a message, behind so many bytes that are left free for whoever frames it.
     *
     * @throws IllegalStateException when the channel is closed
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
     * Opens the message behind so many bytes.
     *
     * @throws NoiseException when it is not the next one, or an earlier one failed
     */
    public byte[] open(byte[] message, int headroom) throws NoiseException {
        synchronized (openingLock) {
            if (broken) {
                throw new NoiseException("a message behind one that failed, or behind the end");
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

    /** Wipes the keys of both directions: nothing is sealed or opened any more. Waits for who seals or opens just now. */
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
