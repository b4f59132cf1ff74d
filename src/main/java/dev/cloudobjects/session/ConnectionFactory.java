package dev.cloudobjects.session;

import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.security.Caller;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Makes connections, each with a queue and an inbox of its own. Safe for use by many threads. */
public final class ConnectionFactory {

    private final Lanes lanes;
    private final Executor handlers;
    private final QueueBudget budget;
    private final NanoClock clock;
    private final InstantSource time;
    private final Limits limits;
    private final EndListener listener;
    private final QueueBudget incoming;

    /**
     * A factory.
     *
     * @param handlers where handlers run: threads with the context of the application
     */
    public ConnectionFactory(
            Lanes lanes,
            Executor handlers,
            QueueBudget budget,
            NanoClock clock,
            InstantSource time,
            Limits limits,
            EndListener listener) {
        this.lanes = lanes;
        this.handlers = handlers;
        this.budget = budget;
        this.clock = clock;
        this.time = time;
        this.limits = limits;
        this.listener = listener;
        this.incoming = new QueueBudget(limits.inboxTotalBytes());
    }

    /** What the handshake accepted. */
    public record Request(Connection.Route route, Caller caller, Codec codec, Wire wire) {}

    Connection create(String cid, Request request, long now, Connections connections) {
        return new Connection(
                cid,
                request,
                now,
                new Connection.Parts(
                        owner -> outbox(request.wire(), owner, connections),
                        new Inbox(handlers, limits.inboxMessages(), limits.inboxBytes(), incoming),
                        new Heartbeat(clock),
                        new MessageRate(limits.messageRate(), clock),
                        new Lease(clock, time)));
    }

    private Outbox outbox(Wire wire, Connection owner, Connections connections) {
        return new Outbox(
                wire,
                lanes,
                budget,
                clock,
                limits,
                new Outbox.Owner(
                        failure -> connections.end(owner, End.fault(failure)),
                        () -> connections.isLoginOver(owner),
                        owner::trace));
    }

    /** Closes the socket of a connection on a thread that can be lost. */
    void close(Connection connection, int code, String reason) {
        lanes.dispose(() -> connection.wire().close(code, reason));
    }

    Limits limits() {
        return limits;
    }

    EndListener listener() {
        return listener;
    }
}
