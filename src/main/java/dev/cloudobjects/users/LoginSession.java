package dev.cloudobjects.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login session: the time from a login to its logout or expiry, stored as an element of {@code token[]} in the user's
 * row. A renewal gives it a new token and keeps its id. Immutable.
 *
 * @param id the id, {@code sid} in its tokens
 * @param tokenId the id of the current token, {@code jti}
 * @param deviceId the device id that the token is bound to; {@code null} for any device
 * @param issuedAt the time of issue of the token, in whole seconds
 * @param expiresAt the expiry of the token, in whole seconds
 * @param previous the token before the last renewal; {@code null} without one
 */
public record LoginSession(
        String id,
        String tokenId,
        @Nullable String deviceId,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Previous previous) {

    /**
     * A token that was replaced by a renewal. It stays valid for a grace period, because calls may still carry it.
     *
     * @param tokenId the id of the token
     * @param until the end of the grace period
     */
    public record Previous(String tokenId, Instant until) {}

    /** Whether a token of this login session is valid at a time. */
    boolean accepts(String token, Instant now) {
        if (token.equals(tokenId)) {
            return now.isBefore(expiresAt);
        }
        return previous != null && token.equals(previous.tokenId()) && now.isBefore(previous.until());
    }

    /** This login session with a new token; the current one stays valid until {@code grace}, or its expiry if earlier. */
    LoginSession renewed(String newTokenId, Instant newIssuedAt, Instant newExpiresAt, Instant grace) {
        Instant until = grace.isBefore(expiresAt) ? grace : expiresAt;
        return new LoginSession(id, newTokenId, deviceId, newIssuedAt, newExpiresAt, new Previous(tokenId, until));
    }
}
