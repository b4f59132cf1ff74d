package dev.cloudobjects.oidc;

import dev.cloudobjects.security.Login;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a good token says.
 *
 * @param uid the user
 * @param sessionId {@code sid}, else the token's own id: what a logout ends
 * @param tokenId {@code jti}, else a digest of the token
 * @param issuedAt {@code iat}, in whole seconds
 * @param expiresAt when it ends here
 * @param profile what is shown of the user
 */
public record OutsideLogin(
        String uid, String sessionId, String tokenId, Instant issuedAt, Instant expiresAt, Profile profile) {

    /**
     * What a token says of its user besides who he is.
     *
     * @param username the name that people know him by, or {@code null}
     * @param nickname his name, or {@code null}
     * @param roles the ids of his roles; {@code null} when tokens do not say
     */
    public record Profile(@Nullable String username, @Nullable String nickname, @Nullable Set<String> roles) {

        public Profile {
            roles = roles == null ? null : Set.copyOf(roles);
        }
    }

    /** As the rest of the server knows it. The moment of issue travels in the token's id, which is ours to choose. */
    Login login() {
        return new Login(uid, sessionId, issuedAt.getEpochSecond() + "." + tokenId, null, expiresAt);
    }

    /** When the token of a login was issued. */
    static Instant issuedAt(Login login) {
        String id = login.tokenId();
        return Instant.ofEpochSecond(Long.parseLong(id.substring(0, id.indexOf('.'))));
    }
}
