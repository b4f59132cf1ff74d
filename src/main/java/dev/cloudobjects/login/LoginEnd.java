package dev.cloudobjects.login;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.filter.Refusal;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication.Rejected;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.LoginExpiry;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.Sessions;
import jakarta.inject.Inject;

/**
 * What becomes of a session whose login is no longer good. The client is told at once; where the object needs a login the
 * session is closed, elsewhere it goes on without a user.
 */
@UnproxiedSingleton
public final class LoginEnd implements LoginExpiry {

    private final Sessions sessions;
    private final Deliveries deliveries;
    private final LoginChange change;

    /** The rule for these sessions. */
    @Inject
    public LoginEnd(Sessions sessions, Deliveries deliveries, LoginChange change) {
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.change = change;
    }

    @Override
    public void expired(Session session, Login login) {
        rejected(session, login, new Rejected(Code.TOKEN_EXPIRED));
    }

    /**
     * A login is no longer accepted.
     *
     * @param login the login that was checked; nothing happens when the session has been given a newer one since
     */
    public void rejected(Session session, Login login, Rejected why) {
        boolean close = session.route().needsLogin();
        ServerFrame.Event event = new ServerFrame.Event(
                EventType.INVALID_TOKEN,
                null,
                new ErrorBody(why.code().value(), why.code().message(), null),
                close,
                null);
        if (close) {
            sessions.finish(session, login, event, CloseCode.INVALID_TOKEN, why.code().message());
        } else if (change.forget(session, login, why)) {
            deliveries.tell(session, event);
        }
    }

    /** A login is good, but no longer allows the session, because a role is gone. */
    void refused(Session session, Refusal refusal) {
        ServerFrame.Event event = ServerFrame.Event.error(refusal.code(), refusal.msg(), true, null);
        sessions.finish(session, event, CloseCode.REFUSED, refusal.msg(), false);
    }
}
