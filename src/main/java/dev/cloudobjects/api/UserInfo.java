package dev.cloudobjects.api;

import jakarta.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's row in {@code uni-id-users}, without token and password. Inject it to have that of the user who calls; with
 * nobody logged in, every method of the injected one throws {@link CloudObjectException} with {@link Code#TOKEN_INVALID}.
 */
public interface UserInfo {

    /** The user's id, {@code _id} of the row. */
    String id();

    /** The name used to log in. */
    String username();

    /** The name shown to others, or {@code null} when the user has none. */
    @Nullable String nickname();

    /** The ids of the user's roles. */
    Set<String> role();

    /** The whole row, without token and password. */
    JsonObject toJson();

    /** {@link #nickname()}, or {@link #username()} where there is none. */
    default String displayName() {
        String nickname = nickname();
        return nickname == null || nickname.isBlank() ? username() : nickname;
    }
}
