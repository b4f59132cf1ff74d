package dev.cloudobjects.users;

import dev.cloudobjects.api.UserInfo;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public part of an account, without password and tokens. */
record PublicUserInfo(String id, String username, Set<String> role, JsonObject toJson) implements UserInfo {

    static PublicUserInfo of(Account account) {
        return new PublicUserInfo(account.uid(), account.username(), account.roles(), account.row());
    }

    @Override
    public @Nullable String nickname() {
        return toJson.get("nickname") instanceof JsonString nickname ? nickname.getString() : null;
    }
}
