package dev.cloudobjects.call;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link UserInfo} of the user who makes the call in progress. */
@ApplicationScoped
class CurrentUserInfo implements UserInfo {

    @Inject
    CurrentCall current;

    @Inject
    IdentityProvider users;

    @Override
    public String id() {
        return user().id();
    }

    @Override
    public String username() {
        return user().username();
    }

    @Override
    public @Nullable String nickname() {
        return user().nickname();
    }

    @Override
    public Set<String> role() {
        return user().role();
    }

    @Override
    public JsonObject toJson() {
        return user().toJson();
    }

    private UserInfo user() {
        return current.required()
                .user(users::find)
                .orElseThrow(() -> new CloudObjectException(Code.TOKEN_INVALID));
    }
}
