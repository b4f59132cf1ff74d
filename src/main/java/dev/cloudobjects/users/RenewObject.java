package dev.cloudobjects.users;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import jakarta.inject.Inject;

/** Renews the token that the call carries, for clients that keep a connection and make no other calls. */
@CloudObject("user/kh/renew")
@EnabledBy(value = "cloudobjects.oidc", is = false)
public class RenewObject {

    @Inject
    UserCentre users;

    @Inject
    ClientInfo client;

    /** Answers with a new token when it is due, otherwise with the one it has. */
    public Result main() {
        return Answers.token(users.renew(client.uniIdToken(), client.deviceId()));
    }
}
