package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionState;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.End;
import dev.cloudobjects.session.EndListener;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        connect(connection, data, null);
    }

    /**
     * A message came. It is counted first, so that one too many is not read. A large one is read on the thread that handles
     * it, in its turn, because the caller's thread reads for others as well.
     */
    public void received(Connection connection, Unread message) {
        if (connection.awaitsConnect()) {
            connecting(connection, message);
        } else if (inTime(connection, message::id)) {
            if (message.isSmall()) {
                read(connection, message, frame -> handle(connection, frame, Turn.LATER));
            } else {
                later(connection, message);
            }
        }
    }

    /** The frame that has to come is no message, and does not count as one. */
    private void connecting(Connection connection, Unread message) {
        boolean first = !connection.connectWaits();
        if (first && message.isSmall()) {
            try {
                received(connection, message.read());
            } catch (MalformedMessage e) {
                malformed(connection, e);
            }
        } else if (first) {
            connection.connectWaiting();
            connection.handleStep(() -> readInTurn(connection, message));
        } else if (inTime(connection, message::id)) {
            // Behind the one that may be the connect frame.
            later(connection, message);
        }
    }

    private void later(Connection connection, Unread message) {
        if (!connection.handle(() -> readInTurn(connection, message), message.size())) {
            overrun(connection, message.id());
        }
    }

    private void readInTurn(Connection connection, Unread message) {
        // What a connection sent that its peer closed is still read; what it sent for the server to close it is not.
        if (connection.state() == ConnectionState.CLOSING) {
            return;
        }
        read(connection, message, frame -> handle(connection, frame, Turn.NOW));
    }

    private void read(Connection connection, Unread message, Consumer<ClientFrame> then) {
        ClientFrame frame;
        try {
            frame = message.read();
        } catch (MalformedMessage e) {
            tellMalformed(connection, e);
            return;
        }
        then.accept(frame);
    }

    /** A frame came, and was read. */
    void received(Connection connection, ClientFrame frame) {
        if (frame instanceof ClientFrame.Connect || inTime(connection, () -> id(frame))) {
            handle(connection, frame, Turn.LATER);
        }
    }

    /** Whether what a frame asks for waits for its turn, or has it. */
    private enum Turn {
        LATER,
        NOW
    }

    private void handle(Connection connection, ClientFrame frame, Turn turn) {
        if (frame instanceof ClientFrame.Connect connect) {
            connect(connection, connect, turn);
        } else if (frame instanceof ClientFrame.Message message) {
            message(connection, message, turn);
        } else if (frame instanceof ClientFrame.Ping) {
            connections.tell(connection, new ServerFrame.Pong());
        } else if (frame instanceof ClientFrame.Auth auth) {
            inTurn(connection, auth.id(), auth.token().length(), turn, () -> renewal.run(connection, auth));
        }
    }

    private void connect(Connection connection, ClientFrame.Connect connect, Turn turn) {
        if (!connection.connectSaid()) {
            violated(connection, new MalformedMessage("this connection is connected already"));
            return;
        }
        if (connect.batch()) {
            connections.batch(connection);
        }
        if (turn == Turn.NOW) {
            events.connection(connection, connect.data(), connect.token());
        } else {
            connect(connection, connect.data(), connect.token());
        }
    }

    private void connect(Connection connection, Payload data, @Nullable String token) {
        connection.handleStep(() -> events.connection(connection, data, token));
    }

    /** A message could not be read. The client is told; one that has yet to connect is closed. */
    void malformed(Connection connection, MalformedMessage why) {
        if (inTime(connection, why::re)) {
            tellMalformed(connection, why);
        }
    }

    private void tellMalformed(Connection connection, MalformedMessage why) {
        if (connection.awaitsConnect()) {
            violated(connection, why);
        } else {
            meters.count(Meter.MESSAGES_MALFORMED);
            ignored(connection, why.re(), why.getMessage());
            connections.tell(connection, error(why.code(), why.getMessage(), why.re(), false));
        }
    }

    private static void ignored(Connection connection, @Nullable Long id, @Nullable String why) {
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(TraceLine.IGNORED, id, why);
        }
    }

    private static @Nullable Long id(ClientFrame frame) {
        if (frame instanceof ClientFrame.Message message) {
            return message.id();
        }
        return frame instanceof ClientFrame.Auth auth ? auth.id() : null;
    }

    /** Whether a frame may come now; the client of one that comes too fast is told, or closed. */
    private boolean inTime(Connection connection, Supplier<@Nullable Long> id) {
        return switch (connection.admit()) {
            case TAKEN -> true;
            case DROPPED -> {
                meters.count(Meter.MESSAGES_OVER_RATE);
                Long re = id.get();
                ignored(connection, re, "messages come too fast");
                connections.tell(
                        connection, error(Code.TOO_MANY, "messages come too fast: this one was dropped", re, false));
                yield false;
            }
            case ABUSE -> {
                String reason = CloseCode.POLICY.reason();
                ServerFrame.Event event = error(Code.TOO_MANY, "messages came too fast for too long", id.get(), true);
                if (connections.finish(connection, event, CloseCode.POLICY, reason, false)) {
                    meters.count(Meter.MESSAGES_ABUSE);
                    Log.CONNECTION_EXCEEDED.logFrom(
                            connection.address(), connection.cid(), connection.route().path(), reason);
                }
                yield false;
            }
        };
    }

    /** A message is not what the encrypted channel allows. The client learns that, and nothing more. */
    public void encryptionFailed(Connection connection, String why) {
        if (connections.end(connection, End.byServer(CloseCode.ENCRYPTION_FAILED))) {
            meters.count(Meter.ENCRYPTION_FAILED);
            Log.ENCRYPTION_FAILED.logFrom(
                    connection.address(), connection.cid(), connection.route().path(), why);
        }
    }

    /** A frame came out of order: the client does not speak the protocol. */
    private void violated(Connection connection, MalformedMessage why) {
        meters.count(Meter.MESSAGES_MALFORMED);
        ServerFrame.Event event = error(why.code(), why.getMessage(), why.re(), true);
        connections.finish(connection, event, CloseCode.PROTOCOL_ERROR, why.getMessage(), false);
    }

    private void message(Connection connection, ClientFrame.Message message, Turn turn) {
        meters.count(Meter.MESSAGES_RECEIVED);
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            Payload data = message.data();
            String json = data instanceof Payload.Json text ? text.text() : null;
            trace.write(TraceLine.RECEIVED, message.id(), data.size(), trace.shown(json, connection.encrypted()));
        }
        inTurn(
                connection,
                message.id(),
                message.data().size(),
                turn,
                () -> events.message(connection, message.id(), message.data()));
    }

    /** Has a frame handled behind those that came before it; it is dropped when too many wait. */
    private void inTurn(Connection connection, @Nullable Long id, int size, Turn turn, Runnable handling) {
        if (connection.awaitsConnect()) {
            violated(connection, new MalformedMessage(Code.BAD_REQUEST, "the connect frame must come first", id));
        } else if (turn == Turn.NOW) {
            handle(connection, id, handling);
        } else if (!connection.handle(() -> handle(connection, id, handling), size)) {
            overrun(connection, id);
        }
    }

    private void overrun(Connection connection, @Nullable Long id) {
        meters.count(Meter.MESSAGES_OVERRUN);
        ignored(connection, id, "too many wait for the handler");
        connections.tell(connection, error(Code.TOO_MANY, "too many messages wait: this one was dropped", id, false));
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
