package dev.cloudobjects.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token. Immutable.
 *
 * @param uid {@code uid}: the user's id
 * @param sessionId {@code sid}: the id of the login session, which a renewal keeps
 * @param tokenId {@code jti}: the id of the token
 * @param deviceId {@code did}: the device id that the token is bound to; {@code null} for any device
 * @param roles {@code role}: the user's roles at the time of issue, for clients; the server does not use them
 * @param permissions {@code permission}: the ids of the user's permissions, as {@code role}
 * @param issuedAt {@code iat}: the time of issue, in whole seconds
 * @param expiresAt {@code exp}: the expiry, in whole seconds
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
