package dev.cloudobjects.session;

import dev.cloudobjects.directory.DirectoryCommands;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import java.util.Optional;

/**
 * Changes who is connected, under the connection's monitor and only from the login that the caller saw: what ends one
 * login and what brings the next may meet, and the first of them counts. Safe for use by many threads.
 */
public final class LoginChange {

    private final Registry registry;
    private final DirectoryCommands directory;
    private final Node node;
    private final Connections connections;

    /** Changes of the logins of these connections. */
    public LoginChange(Registry registry, DirectoryCommands directory, Node node, Connections connections) {
        this.registry = registry;
        this.directory = directory;
        this.node = node;
        this.connections = connections;
    }

    /**
     * The login of a connection that does not need one has ended: it goes on as nobody's.
     *
     * @return false when it was so, or has another login by now
     */
    boolean forget(Connection connection, Login ended, Authentication.Rejected why) {
        synchronized (connection) {
            if (!ended.equals(connection.caller().login())) {
                return false;
            }
            Caller nobody = connection.caller().as(why);
            if (connection.state() == ConnectionState.OPEN) {
                registry.forgetUser(connection);
                connection.caller(nobody);
                directory.added(connection.row(node));
            } else {
                connection.caller(nobody);
            }
            return true;
        }
    }

    /**
     * Notes the token that a client has shown as it connects.
     *
     * @param token a token of the connection's user
     */
    public void noteToken(Connection connection, String token) {
        synchronized (connection) {
            if (connection.state() == ConnectionState.CONNECTING) {
                connection.caller(connection.caller().with(token));
            }
        }
    }

    /**
     * Gives an open connection a newer login of its user, and tells the client.
     *
     * @param before the login that it has
     * @param renewed the same client with the newer login
     * @param told what the client is told
     * @return false when it is closing, or has another login by now
     */
    public boolean renew(Connection connection, Login before, Caller renewed, ServerFrame told) {
        Optional<Encoded> encoded = connection.codec().encode(told);
        Outbox.Offer offer;
        synchronized (connection) {
            if (connection.state() != ConnectionState.OPEN || !before.equals(connection.caller().login())) {
                return false;
            }
            connection.caller(renewed);
            // Inside, so that the end of the new login can't be told ahead of it. It returns at once.
            offer = encoded.map(connection.outbox()::offer).orElse(Outbox.Offer.QUEUED);
        }
        connections.offered(connection, offer);
        return true;
    }
}
