package dev.cloudobjects.framing;

/** A client sent a frame that is not accepted: the connection must be closed, with the given code. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    static final int PROTOCOL_ERROR = 1002;
    static final int BAD_PAYLOAD = 1007;
    static final int TOO_LARGE = 1009;

    private final int closeCode;

    FrameException(int closeCode, String message) {
        super(message, null, false, false);
        this.closeCode = closeCode;
    }

    static FrameException protocol(String message) {
        return new FrameException(PROTOCOL_ERROR, message);
    }

    /** The code to close with: 1002, 1007 or 1009. */
    public int closeCode() {
        return closeCode;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
