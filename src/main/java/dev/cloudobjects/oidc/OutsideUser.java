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
 * A user of the issuer, as he is kept here.
 *
 * @param uid who he is
 * @param profile what his newest token said, or an administrator where tokens do not say it
 * @param profileFrom when that token was issued
 * @param status whether he may be here
 * @param revokedBefore tokens issued until this second are no longer good
 * @param revokedSessions the sessions that were ended since
 * @param row the whole row, for people
 */
public record OutsideUser(
        String uid,
        OutsideLogin.Profile profile,
        Instant profileFrom,
        AccountStatus status,
        Instant revokedBefore,
        Set<String> revokedSessions,
        JsonObject row) {

    public OutsideUser {
        revokedSessions = Set.copyOf(revokedSessions);
    }

    /** The ids of his roles. */
    Set<String> roles() {
        Set<String> roles = profile.roles();
        return roles == null ? Set.of() : roles;
    }

    /** Whether a login was ended here, whatever the issuer thinks of it. */
    boolean revoked(Login login) {
        return !OutsideLogin.issuedAt(login).isAfter(revokedBefore) || revokedSessions.contains(login.sessionId());
    }

    /** What anyone may see of him. */
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
