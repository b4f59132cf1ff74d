package dev.cloudobjects.api;

/** How a message is sent. */
public enum SendOption {
    /** Encrypted wherever the connection has an encrypted channel, plain elsewhere. */
    ENCRYPTED,
    /** Only to connections that have an encrypted channel; the others are counted as dropped. */
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
