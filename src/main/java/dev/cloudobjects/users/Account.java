package dev.cloudobjects.users;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code uni-id-users}. Immutable.
 *
 * @param uid {@code _id}
 * @param username {@code username}
 * @param passwordHash {@code password}, in PHC format; {@code null} without a password
 * @param status {@code status}
 * @param roles {@code role[]}: the ids of the user's roles
 * @param sessions {@code token[]}: the user's login sessions
 * @param row the whole row, with fields of applications, without passwords and tokens
 */
public record Account(
        String uid,
        String username,
        @Nullable String passwordHash,
        AccountStatus status,
        Set<String> roles,
        LoginSessions sessions,
        JsonObject row) {

    /** The field that is {@code true} in the rows of demo accounts. */
    public static final String DEMO = "cloudobjects_demo";

    /** The field with the username at the external issuer. */
    public static final String EXTERNAL_NAME = "outside_username";

    public Account {
        roles = Set.copyOf(roles);
    }

    /** Whether the demo created this account. */
    boolean ofDemo() {
        return JsonValue.TRUE.equals(row.get(DEMO));
    }

    /** This account with the status {@link AccountStatus#DISABLED}. */
    Account disabled() {
        return new Account(uid, username, passwordHash, AccountStatus.DISABLED, roles, sessions, row);
    }
}
