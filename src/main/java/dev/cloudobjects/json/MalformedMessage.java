package dev.cloudobjects.json;

import dev.cloudobjects.api.Code;
import org.jspecify.annotations.Nullable;

/**
 * A message from a client that is not what the protocol allows. Its text is fit for the client: it names the position
 * or the limit, never a value that was sent at length.
 *
 * <p>It has no stack trace, so that a flood of malformed messages stays cheap to refuse.
 */
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final @Nullable Long re;

    /** A message that can't be read: {@link Code#BAD_REQUEST}. */
    public MalformedMessage(String message) {
        this(Code.BAD_REQUEST, message, null);
    }

    /**
     * A message that was read as far as its id.
     *
     * @param re the id of the message; {@code null} when it has none or none was found
     */
    public MalformedMessage(Code code, String message, @Nullable Long re) {
        super(message, null, false, false);
        this.code = code;
        this.re = re;
    }

    /** The same problem with a message whose id is known. */
    public MalformedMessage about(long id) {
        return new MalformedMessage(code, getMessage(), id);
    }

    /** {@link Code#BAD_REQUEST} for what is wrong in itself, {@link Code#NOT_CALLABLE} for a type not served here. */
    public Code code() {
        return code;
    }

    /** The id that the client gave the message, or {@code null}. */
    public @Nullable Long re() {
        return re;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
