package dev.cloudobjects.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The login of a user, from a valid token. Immutable.
 *
 * @param uid the user's id
 * @param sessionId the id of the login session, which a renewal keeps and a logout ends
 * @param tokenId the id of the token
 * @param deviceId the device id that the token is bound to; {@code null} for any device
 * @param expiresAt the expiry of the token
 */
public record Login(String uid, String sessionId, String tokenId, @Nullable String deviceId, Instant expiresAt) {

    /** The time until the expiry; zero after it. */
    public Duration left(InstantSource time) {
        Duration left = Duration.between(time.instant(), expiresAt);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
