package dev.cloudobjects.json;

import org.jspecify.annotations.Nullable;

/**
 * Data that is valid but does not fit the type that the called method takes. Its text is fit for the client: it names
 * the place in the data and what is expected there, no Java type.
 */
public final class MismatchedData extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A mismatch.
     *
     * @param message what the client may read
     * @param cause what the binding said, for the log; {@code null} when the mismatch was found without it
     */
    public MismatchedData(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
