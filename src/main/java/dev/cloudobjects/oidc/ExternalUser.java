package dev.cloudobjects.oidc;

import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.users.AccountStatus;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored user of the external issuer. Immutable.
 *
 * @param uid the user's id
 * @param profile the claims of the newest token; roles come from administrators if tokens carry none
 * @param profileFrom the time of issue of the newest token
 * @param status the status of the account
 * @param revokedBefore tokens issued up to this second are revoked
 * @param revokedSessions the ids of login sessions that were revoked later
 * @param row the whole row, for display
 */
public record ExternalUser(
        String uid,
        ExternalLogin.Profile profile,
        Instant profileFrom,
        AccountStatus status,
        Instant revokedBefore,
        Set<String> revokedSessions,
        JsonObject row) {

    public ExternalUser {
        revokedSessions = Set.copyOf(revokedSessions);
    }

    /** The ids of the user's roles. */
    Set<String> roles() {
        Set<String> roles = profile.roles();
        return roles == null ? Set.of() : roles;
    }

    /** Whether this server has revoked a login. */
    boolean revoked(Login login) {
        return !ExternalLogin.issuedAt(login).isAfter(revokedBefore) || revokedSessions.contains(login.sessionId());
    }

    /** The public part of the account. */
    UserInfo info() {
        String username = profile.username();
        return new Info(uid, username == null ? uid : username, roles(), row);
    }

    private record Info(String id, String username, Set<String> role, JsonObject toJson) implements UserInfo {

        @Override
        public @Nullable String nickname() {
            return toJson.get("nickname") instanceof JsonString nickname ? nickname.getString() : null;
        }
    }
}
