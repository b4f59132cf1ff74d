package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.MalformedMessage;
import dev.cloudobjects.protocol.Payload;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.End;
import dev.cloudobjects.session.EndListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happens on a connection into events of its cloud object: connection first, then messages in order and one
 * at a time, then the disconnection, once. Called by the transport; nothing here runs a handler on the caller's thread.
 */
@ApplicationScoped
public class Gateway implements EndListener {

    @Inject
    Connections connections;

    @Inject
    Events events;

    @Inject
    Renewal renewal;

    @Inject
    Meters meters;

    private final AtomicInteger endsPending = new AtomicInteger();

    /** A connection was opened that needs no connect frame. */
    public void connect(Connection connection, Payload data) {
        connection.handleStep(() -> events.connection(connection, data));
    }

    /** A frame came. */
    public void received(Connection connection, ClientFrame frame) {
        // The one that has to come is no message, and does not count as one.
        if (frame instanceof ClientFrame.Connect connect) {
            connect(connection, connect);
            return;
        }
        if (!inTime(connection, id(frame))) {
            return;
        }
        if (frame instanceof ClientFrame.Message message) {
            message(connection, message);
        } else if (frame instanceof ClientFrame.Ping) {
            connections.tell(connection, new ServerFrame.Pong());
        } else if (frame instanceof ClientFrame.Auth auth) {
            authenticate(connection, auth);
        }
    }

    private void connect(Connection connection, ClientFrame.Connect connect) {
        if (!connection.connectSaid()) {
            violated(connection, new MalformedMessage("this connection is connected already"));
            return;
        }
        if (connect.batch()) {
            connections.batch(connection);
        }
        connect(connection, connect.data());
    }

    /** A message could not be read. The client is told; one that has yet to connect is closed. */
    public void malformed(Connection connection, MalformedMessage why) {
        if (!inTime(connection, why.re())) {
            return;
        }
        if (connection.awaitsConnect()) {
            violated(connection, why);
        } else {
            meters.count(Meter.MESSAGES_MALFORMED);
            connections.tell(connection, error(why.code(), why.getMessage(), why.re(), false));
        }
    }

    private static @Nullable Long id(ClientFrame frame) {
        if (frame instanceof ClientFrame.Message message) {
            return message.id();
        }
        return frame instanceof ClientFrame.Auth auth ? auth.id() : null;
    }

    /** Whether a frame may come now; the client of one that comes too fast is told, or closed. */
    private boolean inTime(Connection connection, @Nullable Long id) {
        return switch (connection.admit()) {
            case TAKEN -> true;
            case DROPPED -> {
                meters.count(Meter.MESSAGES_OVER_RATE);
                connections.tell(
                        connection, error(Code.TOO_MANY, "messages come too fast: this one was dropped", id, false));
                yield false;
            }
            case ABUSE -> {
                String reason = CloseCode.POLICY.reason();
                ServerFrame.Event event = error(Code.TOO_MANY, "messages came too fast for too long", id, true);
                if (connections.finish(connection, event, CloseCode.POLICY, reason, false)) {
                    meters.count(Meter.MESSAGES_ABUSE);
                    Log.CONNECTION_EXCEEDED.log(connection.cid(), connection.route().path(), reason);
                }
                yield false;
            }
        };
    }

    /** A message is not what the encrypted channel allows. The client learns that, and nothing more. */
    public void encryptionFailed(Connection connection, String why) {
        if (connections.end(connection, End.byServer(CloseCode.ENCRYPTION_FAILED))) {
            meters.count(Meter.ENCRYPTION_FAILED);
            Log.ENCRYPTION_FAILED.log(connection.cid(), connection.route().path(), why);
        }
    }

    /** A frame came out of order: the client does not speak the protocol. */
    private void violated(Connection connection, MalformedMessage why) {
        meters.count(Meter.MESSAGES_MALFORMED);
        ServerFrame.Event event = error(why.code(), why.getMessage(), why.re(), true);
        connections.finish(connection, event, CloseCode.PROTOCOL_ERROR, why.getMessage(), false);
    }

    private void message(Connection connection, ClientFrame.Message message) {
        meters.count(Meter.MESSAGES_RECEIVED);
        inTurn(connection, message.id(), message.data().size(), () -> events.message(connection, message.id(), message.data()));
    }

    private void authenticate(Connection connection, ClientFrame.Auth auth) {
        inTurn(connection, auth.id(), auth.token().length(), () -> renewal.run(connection, auth));
    }

    /** Has a frame handled behind those that came before it; it is dropped when too many wait. */
    private void inTurn(Connection connection, @Nullable Long id, int size, Runnable handling) {
        if (connection.awaitsConnect()) {
            violated(connection, new MalformedMessage(Code.BAD_REQUEST, "the connect frame must come first", id));
        } else if (!connection.handle(() -> handle(connection, id, handling), size)) {
            meters.count(Meter.MESSAGES_OVERRUN);
            connections.tell(connection, error(Code.TOO_MANY, "too many messages wait: this one was dropped", id, false));
        }
    }

    private void handle(Connection connection, @Nullable Long id, Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException | Error e) {
            // Whoever waits for word of this frame gets it; the inbox logs the failure.
            connections.tell(connection, error(Code.INTERNAL, Code.INTERNAL.message(), id, false));
            throw e;
        }
    }

    @Override
    public void ended(Connection connection, End end) {
        endsPending.incrementAndGet();
        connection.handleStep(() -> {
            try {
                events.end(
                        connection,
                        Event.DISCONNECTION,
                        new Disconnection(connection.cid(), end.code(), end.reason()));
            } finally {
                endsPending.decrementAndGet();
            }
        });
    }

    /** How many disconnection events have yet to run or are running. */
    public int endsPending() {
        return endsPending.get();
    }

    private static ServerFrame.Event error(Code code, String msg, @Nullable Long re, boolean close) {
        return ServerFrame.Event.error(code.value(), msg, close, re);
    }
}
