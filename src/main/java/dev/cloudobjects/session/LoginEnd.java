package dev.cloudobjects.session;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication.Rejected;
import dev.cloudobjects.security.Login;

/**
 * What becomes of a connection whose login is no longer good. The client is told at once; where the object needs a
 * login the connection is closed, elsewhere it goes on as nobody's.
 */
public final class LoginEnd {

    private final Connections connections;
    private final LoginChange change;

    /** The rule for these connections. */
    public LoginEnd(Connections connections, LoginChange change) {
        this.connections = connections;
        this.change = change;
    }

    /** Its token has expired. */
    void expired(Connection connection, Login login) {
        rejected(connection, login, new Rejected(Code.TOKEN_EXPIRED));
    }

    /**
     * A login is no longer accepted.
     *
     * @param login the login that was looked at; nothing happens when the connection has been given a newer one since
     */
    public void rejected(Connection connection, Login login, Rejected why) {
        boolean close = connection.route().needsLogin();
        ServerFrame.Event event = new ServerFrame.Event(
                EventType.INVALID_TOKEN,
                null,
                new ErrorBody(why.code().value(), why.code().message(), null),
                close,
                null);
        if (close) {
            connections.finish(connection, login, event, CloseCode.INVALID_TOKEN, why.code().message());
        } else if (change.forget(connection, login, why)) {
            connections.tell(connection, event);
        }
    }
}
