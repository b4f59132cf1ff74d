package dev.cloudobjects.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token says.
 *
 * @param uid {@code uid}: the user
 * @param sessionId {@code sid}: the session, which renewal keeps
 * @param tokenId {@code jti}: the token itself
 * @param deviceId {@code did}: the device that it is bound to, or {@code null} for any
 * @param roles {@code role}: the user's roles when it was issued, for clients; the server never believes them
 * @param permissions {@code permission}: the ids of his permissions, as for {@code role}
 * @param issuedAt {@code iat}, in whole seconds
 * @param expiresAt {@code exp}, in whole seconds: from this moment on the token is no longer good
 */
public record TokenClaims(
        String uid,
        String sessionId,
        String tokenId,
        @Nullable String deviceId,
        Set<String> roles,
        Set<String> permissions,
        Instant issuedAt,
        Instant expiresAt) {

    public TokenClaims {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
        if (issuedAt.getNano() != 0 || expiresAt.getNano() != 0) {
            throw new IllegalArgumentException("issuedAt and expiresAt are in whole seconds");
        }
    }
}
