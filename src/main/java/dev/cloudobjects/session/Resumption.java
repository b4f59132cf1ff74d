package dev.cloudobjects.session;

import dev.cloudobjects.protocol.Codec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What lets a session outlive its socket: the secret by which its client takes it over, what was sent, and what was received.
 * What was received, and since when the session is away, changes under the session's monitor. The monitor of this object only keeps
 * a read of the count whole.
 */
final class Resumption {

    private final String secret;
    private final Codec codec;
    private final boolean encrypted;
    private final SentLog log;
    private long received;
    private volatile @Nullable Absence absence;

    /**
     * The resumption of a session.
     *
     * @param secret 256 random bits, as a text
     * @param codec how its frames are written, on each link
     * @param encrypted whether its links are encrypted
     */
    Resumption(String secret, Codec codec, boolean encrypted, SentLog log) {
        this.secret = secret;
        this.codec = codec;
        this.encrypted = encrypted;
        this.log = log;
    }

    /**
     * That a session has no link.
     *
     * @param loss how it lost its link
     * @param since when, in nanoseconds of the clock
     * @param time when, in milliseconds since 1970
     */
    record Absence(SessionEnd loss, long since, long time) {}

    String secret() {
        return secret;
    }

    /** Whether that is the secret. Takes the same time for each text of a length. */
    boolean isSecret(String shown) {
        return MessageDigest.isEqual(bytes(secret), bytes(shown));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Codec codec() {
        return codec;
    }

    boolean encrypted() {
        return encrypted;
    }

    SentLog log() {
        return log;
    }

    /** A frame with an id was received. */
    synchronized void received(long id) {
        received = Math.max(received, id);
    }

    /** The largest id that was received; 0 for none. */
    synchronized long received() {
        return received;
    }

    /** Its absence; {@code null} while it has a link. */
    @Nullable Absence absence() {
        return absence;
    }

    void absence(@Nullable Absence now) {
        this.absence = now;
    }
}
