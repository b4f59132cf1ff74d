package dev.cloudobjects.call;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.Caller.Client;
import dev.cloudobjects.security.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** {@link ClientInfo} of the call in progress. */
@ApplicationScoped
class CurrentClientInfo implements ClientInfo {

    @Inject
    CurrentCall current;

    @Inject
    IdentityProvider users;

    @Override
    public @Nullable String uid() {
        return current.required().caller().uid();
    }

    @Override
    public @Nullable String cid() {
        return current.required().cid();
    }

    @Override
    public boolean encrypted() {
        CallConnection connection = current.required().connection();
        return connection != null && connection.encrypted();
    }

    @Override
    public Source source() {
        return current.source();
    }

    @Override
    public @Nullable String clientIP() {
        return client().address();
    }

    @Override
    public @Nullable UserInfo userInfo() {
        return current.required().user(users::find).orElse(null);
    }

    @Override
    public JsonObject filterResponse() {
        return current.required().filterResponse();
    }

    @Override
    public @Nullable String uniIdToken() {
        return current.required().caller().token();
    }

    @Override
    public @Nullable String appId() {
        return client().appId();
    }

    @Override
    public @Nullable String deviceId() {
        return client().deviceId();
    }

    @Override
    public @Nullable String platform() {
        return client().platform();
    }

    @Override
    public @Nullable String os() {
        return client().os();
    }

    @Override
    public @Nullable String locale() {
        return client().locale();
    }

    @Override
    public @Nullable String userAgent() {
        return client().userAgent();
    }

    private Client client() {
        return current.required().caller().client();
    }
}
