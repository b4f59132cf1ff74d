package dev.cloudobjects.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A user who logged in, as an accepted token says.
 *
 * @param uid the user
 * @param sessionId the slot of the user's row that the token lives in; renewal keeps it, logout removes it
 * @param tokenId the token itself
 * @param deviceId the device that the token is bound to; {@code null} for any
 * @param expiresAt from this moment on the token is no longer good
 */
public record Login(String uid, String sessionId, String tokenId, @Nullable String deviceId, Instant expiresAt) {

    /** How much of its time is left; zero when it is over. */
    public Duration left(InstantSource time) {
        Duration left = Duration.between(time.instant(), expiresAt);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
