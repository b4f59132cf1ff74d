package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.LoginEnd;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Authenticates a connection anew, and tells its client when its login is no longer good. */
@ApplicationScoped
class LoginCheck {

    @Inject
    IdentityProvider users;

    @Inject
    LoginEnd logins;

    /**
     * Whether the connection may go on: with its login, or as nobody's where none is needed; false when it ends for it.
     *
     * @throws CloudObjectException with code 503 when the users can't be asked
     */
    boolean passes(Connection connection) {
        Login login = connection.caller().login();
        if (login == null) {
            return true;
        }
        Authentication now = connection
                .endedLogin()
                .filter(login::equals)
                .<Authentication>map(over -> new Authentication.Rejected(Code.TOKEN_EXPIRED))
                .orElseGet(() -> users.revalidate(login));
        if (!(now instanceof Authentication.Rejected rejected)) {
            return true;
        }
        logins.rejected(connection, login, rejected);
        return !connection.route().needsLogin();
    }

    /** Checks a login that the connection has only just got: whoever ended it a moment ago did not find it there yet. */
    void again(Connection connection) {
        try {
            passes(connection);
        } catch (CloudObjectException e) {
            // Nobody knows now; the next message asks again.
            Log.LOGIN_UNCHECKED.log(connection.cid(), connection.route().path(), e.getMessage());
        }
    }
}
