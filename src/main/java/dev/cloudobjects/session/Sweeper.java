package dev.cloudobjects.session;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.security.Login;
import java.util.Optional;

/**
 * Looks at every connection four times a second and ends what has run out: a write, a silence, a login, a close. One
 * pass costs nanoseconds a connection, which is less than a timer for each.
 */
public final class Sweeper {

    private final Registry registry;
    private final Connections connections;
    private final ConnectionFactory factory;
    private final LoginEnd logins;

    /** A sweeper of these connections. */
    public Sweeper(
            Registry registry, Connections connections, ConnectionFactory factory, LoginEnd logins) {
        this.registry = registry;
        this.connections = connections;
        this.factory = factory;
        this.logins = logins;
    }

    /** One pass. */
    public void sweep() {
        for (Connection connection : registry.tracked()) {
            try {
                sweep(connection);
            } catch (RuntimeException | Error e) {
                // The scheduler would never call again.
                Log.SWEEP_FAILED.log(e, connection);
            }
        }
    }

    private void sweep(Connection connection) {
        Limits limits = factory.limits();
        if (connection.outbox().isStuck(limits.writeTimeout())) {
            connections.tooSlow(connection, "a write took more than " + limits.writeTimeout());
            return;
        }
        if (connection.heartbeat().unfinishedFor(limits.messageTimeout())) {
            connections.exceeded(
                    connection,
                    CloseCode.POLICY,
                    "a message took more than " + limits.messageTimeout() + " to be complete",
                    Meter.MESSAGES_UNFINISHED);
            return;
        }
        switch (connection.state()) {
            case CONNECTING -> sweepConnecting(connection, limits);
            case OPEN -> sweepOpen(connection, limits);
            case CLOSING -> {
                if (connection.heartbeat().closingFor(limits.writeTimeout())) {
                    connections.end(connection, End.byServer(CloseCode.GOING_AWAY));
                }
            }
            case CLOSED -> {
                // It is being forgotten by the thread that ended it.
            }
        }
    }

    /** Whatever keeps it from being accepted, such as a transport that forgot it or a handler that finds no thread. */
    private void sweepConnecting(Connection connection, Limits limits) {
        Heartbeat age = connection.heartbeat();
        if (connection.awaitsConnect() && age.olderThan(limits.connectTimeout())) {
            CloseCode code = CloseCode.CONNECT_TIMEOUT;
            connections.exceeded(connection, code, code.reason(), Meter.CONNECTIONS_TIMED_OUT);
        } else if (age.olderThan(limits.acceptTimeout())) {
            connections.exceeded(
                    connection, CloseCode.TRY_LATER, "it was not accepted in time", Meter.CONNECTIONS_TIMED_OUT);
        }
    }

    private void sweepOpen(Connection connection, Limits limits) {
        Optional<Login> ended = connection.endedLogin();
        if (ended.isPresent()) {
            logins.expired(connection, ended.get());
        } else if (connection.heartbeat().lost(limits.pingTimeout())) {
            connections.end(connection, End.byServer(CloseCode.HEARTBEAT_MISSED));
        } else if (connection.heartbeat().pingDue(limits.pingInterval())) {
            connection.outbox().ping();
        }
    }
}
