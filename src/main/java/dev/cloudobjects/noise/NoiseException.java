package dev.cloudobjects.noise;

/**
 * Thrown for an invalid message of the peer: forged, damaged, repeated, out of order, after a lost one, or for another key.
 * The cause can't be determined, and must not be reported to the peer.
 *
 * <p>It has no stack trace, so that refusing many forged messages is cheap.
 */
public final class NoiseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception, with a message for the log. */
    public NoiseException(String message) {
        super(message, null, false, false);
    }
}
