package dev.cloudobjects.login;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Session;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Authenticates a session anew, and has its client told when its login is no longer good. */
@UnproxiedSingleton
public final class LoginCheck {

    private final IdentityProvider users;
    private final LoginEnd ends;
    private final LoginChange change;

    /** Checks by these users. */
    @Inject
    public LoginCheck(IdentityProvider users, LoginEnd ends, LoginChange change) {
        this.users = users;
        this.ends = ends;
        this.change = change;
    }

    /**
     * Whether a session may be connected: see {@link #passes(Session)}.
     *
     * @param token what the client shows besides its ticket, noted for the events to see; one that is not good, or of
     *     another user, is left aside
     * @throws CloudObjectException with code 503 when the users can't be asked
     */
    public boolean passes(Session session, @Nullable String token) {
        Login login = session.caller().login();
        if (!passes(session)) {
            return false;
        }
        if (token != null && login != null && isOf(login, users.authenticate(token, login.deviceId()))) {
            change.noteToken(session, token);
        }
        return true;
    }

    private static boolean isOf(Login login, Authentication shown) {
        return shown instanceof Authentication.Authenticated good && good.login().uid().equals(login.uid());
    }

    /**
     * Whether a session may go on: with its login, or without a user where no login is needed; false when it ends.
     *
     * @throws CloudObjectException with code 503 when the users can't be asked
     */
    public boolean passes(Session session) {
        Login login = session.caller().login();
        if (login == null) {
            return true;
        }
        Authentication now = session.endedLogin()
                .filter(login::equals)
                .<Authentication>map(over -> new Authentication.Rejected(Code.TOKEN_EXPIRED))
                .orElseGet(() -> users.revalidate(login));
        if (!(now instanceof Authentication.Rejected rejected)) {
            return true;
        }
        ends.rejected(session, login, rejected);
        return !session.route().needsLogin();
    }

    /** Checks a login that a session has only just got: whoever ended it a moment ago did not find it there yet. */
    public void again(Session session) {
        try {
            passes(session);
        } catch (CloudObjectException e) {
            // Nobody knows now; the next message asks again.
            Log.LOGIN_UNCHECKED.log(session.cid(), session.route().path(), e.getMessage());
        }
    }
}
