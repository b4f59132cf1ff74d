package dev.cloudobjects.login;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.CallerChange;
import dev.cloudobjects.session.Session;
import jakarta.inject.Inject;

/**
 * Changes the login of a session, and only from the login that the caller of a method has seen: what ends one login and what
 * brings the next may meet, and the first of them counts. Safe for use by many threads.
 */
@UnproxiedSingleton
public final class LoginChange {

    private final CallerChange change;

    /** Changes of the logins of these sessions. */
    @Inject
    public LoginChange(CallerChange change) {
        this.change = change;
    }

    /**
     * The login of a session that does not need one has ended: the session goes on without a user.
     *
     * @return false when it has another login by now, or none
     */
    boolean forget(Session session, Login ended, Authentication.Rejected why) {
        return change.apply(session, now -> has(now, ended), caller -> caller.as(why), null);
    }

    /**
     * Notes the token that a client has shown as it connects.
     *
     * @param token a token of the session's user
     */
    void noteToken(Session session, String token) {
        change.apply(session, now -> now.state().isConnecting(), caller -> caller.with(token), null);
    }

    /**
     * Gives an open session a newer login of its user, and tells the client.
     *
     * @param before the login that it has
     * @param renewed the same client with the newer login
     * @param told what the client is told
     * @return false when it is closing, or has another login by now
     */
    boolean renew(Session session, Login before, Caller renewed, ServerFrame told) {
        return change.apply(session, now -> now.state().isOpen() && has(now, before), caller -> renewed, told);
    }

    private static boolean has(Session session, Login login) {
        return login.equals(session.caller().login());
    }
}
