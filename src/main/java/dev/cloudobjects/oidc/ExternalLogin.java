package dev.cloudobjects.oidc;

import dev.cloudobjects.security.Login;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a valid token. Immutable.
 *
 * @param uid the user's id
 * @param sessionId {@code sid}, or the token's id without it; a logout ends it
 * @param tokenId {@code jti}, or a digest of the token without it
 * @param issuedAt {@code iat}, in whole seconds
 * @param expiresAt the end of the login on this server
 * @param profile the claims about the user
 */
public record ExternalLogin(
        String uid, String sessionId, String tokenId, Instant issuedAt, Instant expiresAt, Profile profile) {

    /**
     * The claims about a user, besides the uid.
     *
     * @param username the username, or {@code null}
     * @param nickname the nickname, or {@code null}
     * @param roles the ids of the roles; {@code null} if tokens carry no roles
     */
    public record Profile(@Nullable String username, @Nullable String nickname, @Nullable Set<String> roles) {

        public Profile {
            roles = roles == null ? null : Set.copyOf(roles);
        }
    }

    /** Converts to a {@link Login}. Its token id contains the time of issue. */
    Login login() {
        return new Login(uid, sessionId, issuedAt.getEpochSecond() + "." + tokenId, null, expiresAt);
    }

    /** The time of issue of a login's token. */
    static Instant issuedAt(Login login) {
        String id = login.tokenId();
        return Instant.ofEpochSecond(Long.parseLong(id.substring(0, id.indexOf('.'))));
    }
}
