package dev.cloudobjects.storage;

/** Thrown if a row violates a unique index: another row has the same value. */
public final class DuplicateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateException(Throwable cause) {
        super("a unique index refused the row", cause);
    }
}
