package dev.cloudobjects.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account to be created, with status normal and no role.
 *
 * @param uid its id
 * @param username the name to log in with
 * @param passwordHash the hash in PHC format
 * @param nickname the name shown to others, or {@code null}
 * @param registeredAt when
 * @param demo whether it is one of the demo's, whose password everyone knows
 */
public record NewAccount(
        String uid,
        String username,
        String passwordHash,
        @Nullable String nickname,
        Instant registeredAt,
        boolean demo) {

    /** An account of somebody's own. */
    public NewAccount(
            String uid, String username, String passwordHash, @Nullable String nickname, Instant registeredAt) {
        this(uid, username, passwordHash, nickname, registeredAt, false);
    }
}
