package dev.cloudobjects.users;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import jakarta.inject.Inject;

/** Renews the call's token, for clients that keep a connection open and make no other calls. */
@CloudObject("user/kh/renew")
@EnabledBy(value = "cloudobjects.oidc", is = false)
public class RenewObject {

    @Inject
    UserCentre users;

    @Inject
    ClientInfo client;

    /** Answers with a new token if a renewal is due, otherwise with the call's token. */
    public Result main() {
        return LoginAnswers.token(users.renew(client.uniIdToken(), client.deviceId()));
    }
}
