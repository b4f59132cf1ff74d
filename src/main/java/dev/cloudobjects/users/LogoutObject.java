package dev.cloudobjects.users;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.security.Authentication.Authenticated;
import dev.cloudobjects.security.IdentityProvider;
import jakarta.inject.Inject;

/** Ends the login session of the call's token. */
@CloudObject("user/pub/logout")
public class LogoutObject {

    @Inject
    IdentityProvider users;

    @Inject
    ClientInfo client;

    /** Answers 0, also if the login session had ended before. */
    public Result main() {
        String token = client.uniIdToken();
        if (token != null && users.authenticate(token, client.deviceId()) instanceof Authenticated known) {
            users.revokeSession(known.login().uid(), known.login().sessionId());
        }
        return Result.ok();
    }
}
