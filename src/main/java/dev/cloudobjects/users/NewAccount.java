package dev.cloudobjects.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account to create, with status normal and no role.
 *
 * @param uid its id
 * @param username the username for logins
 * @param passwordHash the password hash, in PHC format
 * @param nickname the name shown to other users, or {@code null}
 * @param registeredAt the time of registration
 * @param demo whether the demo creates it, with a public password
 */
public record NewAccount(
        String uid,
        String username,
        String passwordHash,
        @Nullable String nickname,
        Instant registeredAt,
        boolean demo) {

    /** An account that the demo does not create. */
    public NewAccount(
            String uid, String username, String passwordHash, @Nullable String nickname, Instant registeredAt) {
        this(uid, username, passwordHash, nickname, registeredAt, false);
    }
}
