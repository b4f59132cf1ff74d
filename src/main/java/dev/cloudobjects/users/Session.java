package dev.cloudobjects.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login that is in force: an element of {@code token[]} in the user's row. Renewal gives it another token and keeps
 * its id.
 *
 * @param id the session's id, {@code sid} of its tokens
 * @param tokenId the id of its token, {@code jti}
 * @param deviceId the device that the token is bound to; {@code null} for any
 * @param issuedAt when the token was issued, in whole seconds
 * @param expiresAt from when on it is no longer good, in whole seconds
 * @param previous the token that it took the place of; {@code null} when there is none, or it is forgotten
 */
public record Session(
        String id,
        String tokenId,
        @Nullable String deviceId,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Previous previous) {

    /**
     * A token that was renewed, and stays good for a while: calls that carry it may be under way.
     *
     * @param tokenId its id
     * @param until from when on it is no longer good
     */
    public record Previous(String tokenId, Instant until) {}

    /** Whether a token of this session is good at a moment. */
    boolean accepts(String token, Instant now) {
        if (token.equals(tokenId)) {
            return now.isBefore(expiresAt);
        }
        return previous != null && token.equals(previous.tokenId()) && now.isBefore(previous.until());
    }

    /** This session with a new token; the one that it has now stays good until {@code grace}, or its own end. */
    Session renewed(String newTokenId, Instant newIssuedAt, Instant newExpiresAt, Instant grace) {
        Instant until = grace.isBefore(expiresAt) ? grace : expiresAt;
        return new Session(id, newTokenId, deviceId, newIssuedAt, newExpiresAt, new Previous(tokenId, until));
    }
}
