package dev.cloudobjects.login;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Authentication.Authenticated;
import dev.cloudobjects.security.Authentication.Rejected;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.Session;
import jakarta.inject.Inject;

/**
 * Gives a session the login of a newer token, of the same user. It runs in turn with the messages of the session, so those
 * that come after it have the new login. What is refused leaves the session as it was.
 */
@UnproxiedSingleton
public final class Renewal {

    private static final String OTHER_USER = "a connection keeps its user: connect anew to be another";

    private final Deliveries deliveries;
    private final LoginChange change;
    private final IdentityProvider users;
    private final LoginCheck logins;

    /** Renewals of the logins of these users. */
    @Inject
    public Renewal(Deliveries deliveries, LoginChange change, IdentityProvider users, LoginCheck logins) {
        this.deliveries = deliveries;
        this.change = change;
        this.users = users;
        this.logins = logins;
    }

    /** Renews, and answers. */
    public void run(Session session, ClientFrame.Auth frame) {
        if (!session.state().isOpen()) {
            return;
        }
        try {
            // A login that has ended is not renewed: nothing is to pass from its end on.
            if (logins.passes(session)) {
                renew(session, frame);
            }
        } catch (CloudObjectException e) {
            refuse(session, frame, e);
        }
    }

    private void renew(Session session, ClientFrame.Auth frame) {
        Login now = session.caller().login();
        Login next = login(users.authenticate(frame.token(), session.caller().client().deviceId()));
        if (now == null || !now.uid().equals(next.uid())) {
            throw new CloudObjectException(Code.DENIED.value(), OTHER_USER);
        }
        ServerFrame done = new ServerFrame.Authenticated(next.expiresAt().toEpochMilli(), frame.id());
        if (!change.renew(session, now, session.caller().renewed(next, frame.token()), done)) {
            // Its login ended this moment: on an object that needs none it goes on without a user.
            throw new CloudObjectException(Code.DENIED.value(), OTHER_USER);
        }
        logins.again(session);
    }

    private static Login login(Authentication outcome) {
        if (outcome instanceof Authenticated good) {
            return good.login();
        }
        throw new CloudObjectException(outcome instanceof Rejected rejected ? rejected.code() : Code.TOKEN_INVALID);
    }

    /** Always as an error: an {@code invalidToken} would speak of the login that the session has. */
    private void refuse(Session session, ClientFrame.Auth frame, CloudObjectException why) {
        String requestId = RequestIds.next();
        String uid = session.caller().uid();
        Log.RENEWAL_REFUSED.logFrom(
                session.address(),
                session.cid(),
                session.route().path(),
                why.code(),
                why.getMessage(),
                uid,
                requestId);
        ErrorBody err = new ErrorBody(why.code(), String.valueOf(why.getMessage()), requestId);
        deliveries.tell(session, new ServerFrame.Event(EventType.ERROR, null, err, false, frame.id()));
    }
}
