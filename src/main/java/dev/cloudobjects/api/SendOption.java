package dev.cloudobjects.api;

/**
 * How one message is sent. Whether a connection has an encrypted channel is decided when it is opened; an option decides what
 * becomes of this message where there is none.
 */
public enum SendOption {
    /**
     * The message is encrypted for every connection that has an encrypted channel, and goes unencrypted to the others;
     * {@link SendResult#unencrypted()} counts those. The same happens without an option: this one says that it is intended.
     */
    ENCRYPTED,
    /**
     * The message is encrypted for every connection that has an encrypted channel, and is not sent to the others, which are
     * counted as dropped. It prevails over {@link #ENCRYPTED} when both are given.
     */
    REQUIRE_ENCRYPTED;

    /** {@link #ENCRYPTED}, for a static import. */
    public static SendOption encrypted() {
        return ENCRYPTED;
    }

    /** {@link #REQUIRE_ENCRYPTED}, for a static import. */
    public static SendOption requireEncrypted() {
        return REQUIRE_ENCRYPTED;
    }
}
