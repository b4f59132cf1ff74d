package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.directory.DirectoryCommands;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.ConnectionTrace;
import dev.cloudobjects.trace.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The life of connections. Every change of state goes through here, under the connection's monitor; whatever ends a
 * connection comes to {@link #end}, and the first to come ends it.
 *
 * <p>Safe for use by many threads. No method waits for a client.
 */
public class Connections {

    private final Registry registry;
    private final DirectoryCommands directory;
    private final Node node;
    private final Cids cids;
    private final Meters meters;
    private final InstantSource time;
    private final ConnectionFactory factory;
    private final Traces traces;
    private volatile boolean accepting = true;

    /** The life of connections of one node. */
    public Connections(
            Registry registry,
            DirectoryCommands directory,
            Node node,
            Meters meters,
            InstantSource time,
            ConnectionFactory factory,
            Traces traces) {
        this.registry = registry;
        this.directory = directory;
        this.node = node;
        this.cids = new Cids(node);
        this.meters = meters;
        this.time = time;
        this.factory = factory;
        this.traces = traces;
        traces.onChange(this::retrace);
    }

    /** The traces. */
    public Traces traces() {
        return traces;
    }

    /** A trace has begun or ended: those that are connected follow. */
    private void retrace() {
        registry.tracked().forEach(connection -> connection.trace(traces.of(connection.cid(), connection.openedBy())));
    }

    /** A socket opened. The connection is found by its cid, and nothing else, until it is accepted. */
    public Connection open(ConnectionFactory.Request request) {
        Connection connection = factory.create(cids.next(), request, time.millis(), this);
        Quotas.Count count = registry.track(connection);
        meters.count(Meter.CONNECTIONS_OPENED);
        // Behind that it is tracked: a trace that begins now finds it there, or is found here.
        connection.trace(traces.of(connection.cid(), connection.openedBy()));
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            SendTraces.opened(trace, connection);
        }
        // The handshake asked before; others may have come in since.
        factory.limits().quotas().exceeded(count).ifPresent(why -> {
            meters.count(Meter.CONNECTIONS_CROWDED_OUT);
            ServerFrame.Event event = ServerFrame.Event.error(why.code(), why.getMessage(), true, null);
            finish(connection, event, CloseCode.TRY_LATER, why.getMessage(), false);
        });
        if (!accepting) {
            // It passed the handshake in time, but whoever ends all the others may have done so by now.
            end(connection, End.byServer(CloseCode.GOING_AWAY));
        }
        return connection;
    }

    /** Why there is no room for one more connection of this caller: code 429 for his own limits, 503 for everybody's. */
    public Optional<CloudObjectException> crowdedOut(Caller caller) {
        return factory.limits().quotas().exceeded(registry.with(caller));
    }

    /** The connection event accepted: the connect frame leaves ahead of all else. False when it has ended meanwhile. */
    public boolean accept(Connection connection) {
        ServerFrame connected = new ServerFrame.Connected(
                connection.cid(), factory.limits().pingInterval().toMillis());
        synchronized (connection) {
            if (connection.state() != ConnectionState.CONNECTING) {
                return false;
            }
            connection.state(ConnectionState.OPEN);
            registry.add(connection);
            // Inside, so that neither the removal of the row nor a last event can overtake it. Both return at once.
            directory.added(connection.row(node));
            encode(connection, connected).ifPresent(connection.outbox()::uncork);
        }
        meters.count(Meter.CONNECTIONS_ACCEPTED);
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(TraceLine.ACCEPTED);
        }
        return true;
    }

    /** Queues a message; a connection that is too far behind is closed. */
    public Delivery deliver(Connection connection, OutgoingMessage message) {
        Encoded encoded = isLoginOver(connection)
                ? null
                : message.encoded(connection.codec()).orElse(null);
        if (encoded == null) {
            ConnectionTrace trace = connection.trace();
            if (trace != null) {
                SendTraces.unreachable(trace, connection, isLoginOver(connection));
            }
            return Delivery.UNREACHABLE;
        }
        ConnectionTrace trace = connection.trace();
        Outbox.Offer offer = trace == null
                ? connection.outbox().offer(encoded)
                : SendTraces.offer(trace, connection, encoded, message.frame());
        return switch (offer) {
            case QUEUED -> {
                meters.count(Meter.DELIVERIES_QUEUED);
                yield Delivery.QUEUED;
            }
            case FULL -> {
                meters.count(Meter.DELIVERIES_DROPPED);
                tooSlow(connection, "it is too far behind with reading");
                yield Delivery.DROPPED;
            }
            case SHUT -> Delivery.UNREACHABLE;
        };
    }

    /** Whether a connection has outlived the login that it needs. */
    boolean isLoginOver(Connection connection) {
        return connection.route().needsLogin() && connection.endedLogin().isPresent();
    }

    /** What became of a message for one connection. */
    public enum Delivery {
        QUEUED,
        DROPPED,
        UNREACHABLE
    }

    /** The client opened an encrypted channel: it gets the answer, in clear, ahead of all else. */
    public void encrypted(Connection connection, Encoded answer) {
        meters.count(Meter.CONNECTIONS_ENCRYPTED);
        connection.outbox().lead(answer);
    }

    /** The client takes several frames in one message. */
    public void batch(Connection connection) {
        connection.outbox().together(connection.codec()::batch);
    }

    /** Sends a frame of the framework, if the client's dialect has it. */
    public void tell(Connection connection, ServerFrame frame) {
        encode(connection, frame).ifPresent(encoded -> {
            ConnectionTrace trace = connection.trace();
            offered(
                    connection,
                    trace == null
                            ? connection.outbox().offer(encoded)
                            : SendTraces.offer(trace, connection, encoded, frame));
        });
    }

    /** What became of a frame of the framework: there is none that a client may miss. */
    void offered(Connection connection, Outbox.Offer offer) {
        if (offer == Outbox.Offer.FULL) {
            tooSlow(connection, "it is too far behind with reading");
        }
    }

    /**
     * Closes a connection in good order: nothing new is accepted for it, what waits is sent, then an event, then the
     * close. False when it was closing already.
     *
     * @param last what the client is told last, or {@code null}
     * @param keepQueued whether what waits is still sent
     */
    public boolean finish(
            Connection connection, @Nullable ServerFrame last, CloseCode code, String reason, boolean keepQueued) {
        synchronized (connection) {
            if (!startClosing(connection, code, reason)) {
                return false;
            }
        }
        flush(connection, last, code, reason, keepQueued);
        return true;
    }

    /** Closes a connection because its login has ended; false when it was closing, or has another login by now. */
    boolean finish(Connection connection, Login ended, ServerFrame.Event event, CloseCode code, String reason) {
        synchronized (connection) {
            if (!ended.equals(connection.caller().login()) || !startClosing(connection, code, reason)) {
                return false;
            }
        }
        flush(connection, event, code, reason, false);
        return true;
    }

    /** Called under the connection's monitor. */
    private boolean startClosing(Connection connection, CloseCode code, String reason) {
        if (connection.state().compareTo(ConnectionState.CLOSING) >= 0) {
            return false;
        }
        connection.state(ConnectionState.CLOSING);
        connection.plannedEnd(End.byServer(code, reason));
        vanish(connection);
        return true;
    }

    private void flush(
            Connection connection, @Nullable ServerFrame last, CloseCode code, String reason, boolean keepQueued) {
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(TraceLine.CLOSING, code.value(), reason, keepQueued ? "are sent first" : "are dropped");
        }
        Encoded encoded = last == null ? null : encode(connection, last).orElse(null);
        connection.outbox().finish(encoded, keepQueued, () -> factory.close(connection, code.value(), reason));
    }

    /** Ends a connection now, whatever its state. The first call counts; false for the others. */
    public boolean end(Connection connection, End how) {
        synchronized (connection) {
            ConnectionState before = connection.state();
            if (before == ConnectionState.CLOSED) {
                return false;
            }
            connection.state(ConnectionState.CLOSED);
            if (before != ConnectionState.CLOSING) {
                vanish(connection);
            }
            registry.untrack(connection);
        }
        End end = Optional.ofNullable(connection.plannedEnd()).orElse(how);
        connection.outbox().shut();
        connection.inbox().shut(end.hearPending());
        connection.wire().over();
        if (!how.byPeer()) {
            // The client hears why it was told to close, which may be all that it hears, and not what came of that.
            End said = how.fault() == null ? end : how;
            factory.close(connection, said.code(), said.reason());
        }
        if (how.fault() != null) {
            Log.CONNECTION_FAULT.log(connection.cid(), connection.route().path(), how.fault());
        }
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(TraceLine.CLOSED, how.byPeer() ? "client" : "server", end.code(), end.reason());
        }
        if (connection.accepted()) {
            meters.count(Meter.CONNECTIONS_ENDED);
            factory.listener().ended(connection, end);
        }
        return true;
    }

    /** Whether new connections are accepted. */
    public boolean isAccepting() {
        return accepting;
    }

    /** Accepts no new connection from now on. */
    public void stopAccepting() {
        accepting = false;
    }

    /** How many connections have not ended, in any state. */
    public int count() {
        return registry.tracked().size();
    }

    /**
     * Closes some connections so that their clients come back, after what is queued for them has left. The connections of a
     * device are closed together, so that they can come back together.
     *
     * @param most how many; those of the same devices come on top
     * @param within within which time the clients are told to come back
     */
    public void restart(int most, Duration within) {
        List<Connection> open = registry.tracked().stream()
                .filter(connection -> connection.state().compareTo(ConnectionState.CLOSING) < 0)
                .toList();
        Set<String> devices = open.stream()
                .limit(most)
                .map(Connections::device)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        ServerFrame hint = new ServerFrame.Reconnect(within.toMillis());
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (i < most || devices.contains(Objects.requireNonNullElse(device(connection), ""))) {
                finish(connection, hint, CloseCode.RESTARTING, CloseCode.RESTARTING.reason(), true);
            }
        }
    }

    private static @Nullable String device(Connection connection) {
        return connection.caller().client().deviceId();
    }

    /** The server stops: ends every connection, and tells how many there were. */
    public int endAll() {
        int ended = 0;
        for (Connection connection : registry.tracked()) {
            try {
                if (end(connection, End.byServer(CloseCode.GOING_AWAY))) {
                    ended++;
                }
            } catch (RuntimeException e) {
                // Its handler found no thread any more; the others end all the same.
                Log.CONNECTION_FAULT.log(e, connection.cid(), connection.route().path(), e);
            }
        }
        return ended;
    }

    /** Ends a connection that does not read fast enough. */
    void tooSlow(Connection connection, String reason) {
        if (end(connection, End.byServer(CloseCode.TRY_LATER, reason))) {
            meters.count(Meter.SLOW_CLOSED);
            Log.CONNECTION_SLOW.logFrom(
                    connection.address(), connection.cid(), connection.route().path(), reason);
        }
    }

    /** Ends a connection that goes beyond a limit. */
    public void exceeded(Connection connection, CloseCode code, String reason, Meter meter) {
        if (end(connection, End.byServer(code, reason))) {
            meters.count(meter);
            Log.CONNECTION_EXCEEDED.logFrom(
                    connection.address(), connection.cid(), connection.route().path(), reason);
        }
    }

    /** Adds a connection to groups of its object. */
    public void join(Connection connection, Iterable<String> groups) {
        synchronized (connection) {
            if (connection.state().compareTo(ConnectionState.CLOSING) < 0) {
                groups.forEach(group -> registry.join(connection, group));
            }
        }
    }

    /** Takes a connection out of groups of its object. */
    public void leave(Connection connection, Iterable<String> groups) {
        synchronized (connection) {
            groups.forEach(group -> registry.leave(connection, group));
        }
    }

    private void vanish(Connection connection) {
        registry.remove(connection);
        if (connection.accepted()) {
            directory.removed(connection.cid());
        }
    }

    private static Optional<Encoded> encode(Connection connection, ServerFrame frame) {
        return connection.codec().encode(frame);
    }
}
