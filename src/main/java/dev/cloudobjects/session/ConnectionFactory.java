package dev.cloudobjects.session;

import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.security.Caller;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes connections, each with a cid, a queue and an inbox of its own. Safe for use by many threads. */
public final class ConnectionFactory {

    private static final int CID_BYTES = 18;

    private final Lanes lanes;
    private final Executor handlers;
    private final QueueBudget budget;
    private final NanoClock clock;
    private final Limits limits;
    private final EndListener listener;
    private final QueueBudget incoming;
    private final SecureRandom random = new SecureRandom();

    /**
     * A factory.
     *
     * @param handlers where handlers run: threads with the context of the application
     */
    public ConnectionFactory(
            Lanes lanes, Executor handlers, QueueBudget budget, NanoClock clock, Limits limits, EndListener listener) {
        this.lanes = lanes;
        this.handlers = handlers;
        this.budget = budget;
        this.clock = clock;
        this.limits = limits;
        this.listener = listener;
        this.incoming = new QueueBudget(limits.inboxTotalBytes());
    }

    /** What the handshake accepted. */
    public record Request(Connection.Route route, Caller caller, Codec codec, Wire wire) {}

    Connection create(Request request, long now, Connections connections) {
        byte[] id = new byte[CID_BYTES];
        random.nextBytes(id);
        String cid = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        Tie tie = new Tie(connections);
        Outbox outbox = new Outbox(
                request.wire(), lanes, budget, clock, limits, new Outbox.Owner(tie::fault, tie::isLoginOver));
        Inbox inbox = new Inbox(handlers, limits.inboxMessages(), limits.inboxBytes(), incoming);
        Connection connection = new Connection(
                cid,
                request.route(),
                request.caller(),
                request.codec(),
                now,
                new Connection.Parts(
                        request.wire(), outbox, inbox, new Heartbeat(clock), new MessageRate(limits.messageRate(), clock)));
        tie.to(connection);
        return connection;
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

    /** Ties the queue of a connection to what it belongs to; nothing is written before it is tied. */
    private static final class Tie {
        private final Connections connections;
        private volatile @Nullable Connection connection;

        Tie(Connections connections) {
            this.connections = connections;
        }

        void to(Connection connection) {
            this.connection = connection;
        }

        void fault(Throwable failure) {
            Connection tied = connection;
            if (tied != null) {
                connections.end(tied, End.fault(failure));
            }
        }

        boolean isLoginOver() {
            Connection tied = connection;
            return tied != null && connections.isLoginOver(tied);
        }
    }
}
