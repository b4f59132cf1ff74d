package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
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
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionState;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.LoginChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Gives a connection the login of a newer token, of the same user. It runs in turn with the messages of the connection,
 * so those behind it have the new login. What is refused leaves the connection as it was.
 */
@ApplicationScoped
class Renewal {

    private static final String OTHER_USER = "a connection keeps its user: connect anew to be another";

    @Inject
    Connections connections;

    @Inject
    LoginChange change;

    @Inject
    IdentityProvider users;

    @Inject
    LoginCheck logins;

    /** Renews, and answers. */
    void run(Connection connection, ClientFrame.Auth frame) {
        if (connection.state() != ConnectionState.OPEN) {
            return;
        }
        try {
            // A login that has ended is not renewed: nothing is to pass from its end on.
            if (logins.passes(connection)) {
                renew(connection, frame);
            }
        } catch (CloudObjectException e) {
            refuse(connection, frame, e);
        }
    }

    private void renew(Connection connection, ClientFrame.Auth frame) {
        Login now = connection.caller().login();
        Login next = login(users.authenticate(frame.token(), connection.caller().client().deviceId()));
        if (now == null || !now.uid().equals(next.uid())) {
            throw new CloudObjectException(Code.DENIED.value(), OTHER_USER);
        }
        ServerFrame done = new ServerFrame.Authenticated(next.expiresAt().toEpochMilli(), frame.id());
        if (!change.renew(connection, now, connection.caller().renewed(next, frame.token()), done)) {
            // Its login ended this moment: on an object that needs none it goes on as nobody's.
            throw new CloudObjectException(Code.DENIED.value(), OTHER_USER);
        }
        logins.again(connection);
    }

    private static Login login(Authentication outcome) {
        if (outcome instanceof Authenticated good) {
            return good.login();
        }
        throw new CloudObjectException(outcome instanceof Rejected rejected ? rejected.code() : Code.TOKEN_INVALID);
    }

    /** Always as an error: an {@code invalidToken} would speak of the login that the connection has. */
    private void refuse(Connection connection, ClientFrame.Auth frame, CloudObjectException why) {
        String requestId = RequestIds.next();
        String uid = connection.caller().uid();
        Log.RENEWAL_REFUSED.logFrom(
                connection.address(),
                connection.cid(),
                connection.route().path(),
                why.code(),
                why.getMessage(),
                uid,
                requestId);
        ErrorBody err = new ErrorBody(why.code(), String.valueOf(why.getMessage()), requestId);
        connections.tell(connection, new ServerFrame.Event(EventType.ERROR, null, err, false, frame.id()));
    }
}
