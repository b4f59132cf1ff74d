package dev.cloudobjects.noise;

/**
 * A message of the peer is not what it has to be: forged, damaged, lost, repeated, out of order, or for another key. Which
 * of these it was can't be known, and the peer is not to be told.
 *
 * <p>It has no stack trace, so that a flood of forgeries stays cheap to refuse.
 */
public final class NoiseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault, with words for the log. */
    public NoiseException(String message) {
        super(message, null, false, false);
    }
}
