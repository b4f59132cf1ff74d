package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.login.Renewal;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.session.Attachments;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.EndListener;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happens to a session into events of its cloud object: connection first, then messages in order and one at a
 * time, then the disconnection, once. Called by the transport; nothing here runs a handler on the caller's thread.
 */
@ApplicationScoped
public class Gateway implements EndListener {

    @Inject
    Attachments attachments;

    @Inject
    Deliveries deliveries;

    @Inject
    Events events;

    @Inject
    ClientRequests requests;

    @Inject
    Renewal renewal;

    @Inject
    GroupFrames groups;

    @Inject
    RefusedFrames refused;

    @Inject
    Meters meters;

    private final AtomicInteger endsPending = new AtomicInteger();

    /** A session was opened that needs no connect frame. */
    public void connect(Session session, Payload data) {
        connect(session, new ClientFrame.Connect(data));
    }

    /**
     * A message came on a link. It is counted first, so that one too many is not read. A large one is read on the thread that handles
     * it, in its turn, because the caller's thread reads for others as well.
     */
    public void received(Session session, Link link, Unread message) {
        if (link.awaitsConnect()) {
            connecting(session, link, message);
        } else if (refused.inTime(session, link, message::id)) {
            if (message.isSmall()) {
                read(session, link, message, Turn.LATER);
            } else {
                later(session, link, message);
            }
        }
    }

    /** The frame that has to come is no message, and does not count as one. */
    private void connecting(Session session, Link link, Unread message) {
        boolean first = !link.connectWaits();
        if (first && message.isSmall()) {
            try {
                received(session, link, message.read());
            } catch (MalformedMessage e) {
                malformed(session, link, e);
            }
        } else if (first) {
            link.connectWaiting();
            session.handleStep(() -> readInTurn(session, link, message));
        } else if (refused.inTime(session, link, message::id)) {
            // Behind the one that may be the connect frame.
            later(session, link, message);
        }
    }

    private void later(Session session, Link link, Unread message) {
        Long id = message.id();
        if (message.isResponse()) {
            beside(session, link, id, message);
        } else if (!session.handle(link, id, () -> readInTurn(session, link, message), message.size())) {
            refused.overrun(session, id);
        }
    }

    /** The answer to a request of the server does not wait for the inbox: the handler that is at it may wait for the answer. */
    private void beside(Session session, Link link, @Nullable Long id, Unread message) {
        if (!session.noteReceived(link, id)) {
            return;
        }
        if (!session.holdBeside(message.size())) {
            refused.overrun(session, id);
            return;
        }
        requests.beside(() -> {
            try {
                readInTurn(session, link, message);
            } finally {
                session.releaseBeside(message.size());
            }
        });
    }

    private void readInTurn(Session session, Link link, Unread message) {
        if (session.state().isHeard()) {
            read(session, link, message, Turn.NOW);
        }
    }

    private void read(Session session, Link link, Unread message, Turn turn) {
        ClientFrame frame;
        try {
            frame = message.read();
        } catch (MalformedMessage e) {
            if (turn == Turn.NOW && !link.awaitsConnect() && message.id() != null) {
                // Its id counts as received since it came, so its client does not send it again, whatever link it has by now.
                refused.malformed(session, e);
            } else {
                tellMalformed(session, link, e);
            }
            return;
        }
        handle(session, link, frame, turn);
    }

    /** A frame came on a link, and was read. */
    void received(Session session, Link link, ClientFrame frame) {
        if (frame instanceof ClientFrame.Connect || refused.inTime(session, link, frame::id)) {
            handle(session, link, frame, Turn.LATER);
        }
    }

    /** Whether what a frame asks for waits for its turn, or has it. */
    private enum Turn {
        LATER,
        NOW
    }

    private void handle(Session session, Link link, ClientFrame frame, Turn turn) {
        frame.handle(new Handling(session, link, turn));
    }

    /** What is done with each kind of frame. */
    private final class Handling implements ClientFrame.Handler {
        private final Session session;
        private final Link link;
        private final Turn turn;

        Handling(Session session, Link link, Turn turn) {
            this.session = session;
            this.link = link;
            this.turn = turn;
        }

        @Override
        public void connect(ClientFrame.Connect connect) {
            if (!link.connectSaid()) {
                refused.violated(session, new MalformedMessage("this connection is connected already"));
                return;
            }
            if (connect.batch()) {
                link.takesBatches();
            }
            if (connect.resume() != null) {
                attachments.makeResumable(session);
            }
            if (connect.requests()) {
                session.requestsAnswered();
            }
            if (turn == Turn.NOW) {
                events.connection(session, connect);
            } else {
                Gateway.this.connect(session, connect);
            }
        }

        @Override
        public void message(ClientFrame.Message message) {
            received(message.id(), message.data());
            inTurn(message, message.data().size(), () -> events.message(session, message.id(), message.data()));
        }

        @Override
        public void request(ClientFrame.Request request) {
            received(request.id(), request.data());
            inTurn(request, request.data().size(), () -> requests.run(session, request));
        }

        @Override
        public void response(ClientFrame.Response response) {
            received(response.id(), response.data());
            if (mayCome(response) && (turn == Turn.NOW || session.noteReceived(link, response.id()))) {
                requests.answered(session, response);
            }
        }

        @Override
        public void cancel(ClientFrame.Cancel cancel) {
            if (mayCome(cancel)) {
                requests.cancel(session, cancel);
            }
        }

        @Override
        public void credit(ClientFrame.Credit credit) {
            if (mayCome(credit)) {
                requests.credit(session, credit);
            }
        }

        private void received(@Nullable Long id, Payload data) {
            meters.count(Meter.MESSAGES_RECEIVED);
            ConnectionTrace trace = session.trace();
            if (trace != null) {
                String json = data instanceof Payload.Json text ? text.text() : null;
                trace.write(TraceLine.RECEIVED, id, data.size(), trace.shown(json, session.encrypted()));
            }
        }

        @Override
        public void auth(ClientFrame.Auth auth) {
            inTurn(auth, auth.token().length(), () -> renewal.run(session, auth));
        }

        @Override
        public void catchUp(ClientFrame.CatchUp catchUp) {
            inTurn(catchUp, catchUp.group().length(), () -> groups.catchUp(session, catchUp));
        }

        @Override
        public void here(ClientFrame.Here here) {
            inTurn(here, here.place().name().length(), () -> groups.here(session, here));
        }

        @Override
        public void ping(ClientFrame.Ping ping) {
            deliveries.tell(session, new ServerFrame.Pong());
            confirmed(ping.received());
        }

        /** The link has noted that the client was heard. */
        @Override
        public void pong(ClientFrame.Pong pong) {
            confirmed(pong.received());
        }

        private void confirmed(@Nullable Long received) {
            if (received != null && !session.confirmed(received)) {
                refused.violated(session, new MalformedMessage("received is more than was sent"));
            }
        }

        /** Whether the connect frame came before; if not, the client is closed. */
        private boolean mayCome(ClientFrame frame) {
            if (link.awaitsConnect()) {
                String why = "the connect frame must come first";
                refused.violated(session, new MalformedMessage(Code.BAD_REQUEST, why, frame.id()));
            }
            return !link.awaitsConnect();
        }

        /** Has a frame handled behind those that came before it; it is dropped when too many wait. */
        private void inTurn(ClientFrame frame, int size, Runnable handling) {
            Long id = frame.id();
            if (!mayCome(frame)) {
                return;
            }
            if (turn == Turn.NOW) {
                run(id, handling);
            } else if (!session.handle(link, id, () -> run(id, handling), size)) {
                refused.overrun(session, id);
            }
        }

        private void run(@Nullable Long id, Runnable handling) {
            try {
                handling.run();
            } catch (RuntimeException | Error e) {
                // Whoever waits for an answer to this frame gets one; the inbox logs the failure.
                refused.failed(session, id);
                throw e;
            }
        }
    }

    private void connect(Session session, ClientFrame.Connect connect) {
        session.handleStep(() -> events.connection(session, connect));
    }

    /** A message could not be read. The client is told; one that has yet to connect is closed. */
    void malformed(Session session, Link link, MalformedMessage why) {
        if (refused.inTime(session, link, why::re)) {
            tellMalformed(session, link, why);
        }
    }

    private void tellMalformed(Session session, Link link, MalformedMessage why) {
        if (link.awaitsConnect()) {
            refused.violated(session, why);
        } else if (session.noteReceived(link, why.re())) {
            refused.malformed(session, why);
        }
    }

    /** A message is not what the encrypted channel allows. The client is told that, and nothing more. */
    public void encryptionFailed(Session session, String why) {
        refused.encryptionFailed(session, why);
    }

    @Override
    public void ended(Session session, SessionEnd end) {
        endsPending.incrementAndGet();
        session.handleStep(() -> {
            try {
                events.end(
                        session, Event.DISCONNECTION, new Disconnection(session.cid(), end.code(), end.reason()));
            } finally {
                endsPending.decrementAndGet();
            }
        });
    }

    /** How many disconnection events have yet to run or are running. */
    public int endsPending() {
        return endsPending.get();
    }
}
