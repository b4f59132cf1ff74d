package dev.cloudobjects.users;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's row of {@code uni-id-users}, as it was read.
 *
 * @param uid {@code _id}
 * @param username {@code username}
 * @param passwordHash {@code password}, in PHC format; {@code null} when the account has none
 * @param status {@code status}
 * @param roles {@code role[]}: ids of roles
 * @param sessions {@code token[]}
 * @param row the whole row with whatever else is in it, without passwords and tokens
 */
public record Account(
        String uid,
        String username,
        @Nullable String passwordHash,
        AccountStatus status,
        Set<String> roles,
        Sessions sessions,
        JsonObject row) {

    /** The field of the row that is {@code true} for an account of the demo. */
    public static final String DEMO = "cloudobjects_demo";

    /** The field of the row with what an outside issuer calls its user. */
    public static final String OUTSIDE_NAME = "outside_username";

    public Account {
        roles = Set.copyOf(roles);
    }

    /** Whether the demo made it. */
    boolean ofDemo() {
        return JsonValue.TRUE.equals(row.get(DEMO));
    }

    /** The same account, not to be used. */
    Account disabled() {
        return new Account(uid, username, passwordHash, AccountStatus.DISABLED, roles, sessions, row);
    }
}
