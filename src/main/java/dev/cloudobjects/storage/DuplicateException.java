package dev.cloudobjects.storage;

/** A unique index refused a row, because another one has the same value. */
public final class DuplicateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateException(Throwable cause) {
        super("a unique index refused the row", cause);
    }
}
