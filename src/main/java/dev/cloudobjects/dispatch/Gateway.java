package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.login.Renewal;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.session.Attachments;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.EndListener;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
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
    enum Turn {
        LATER,
        NOW
    }

    private void handle(Session session, Link link, ClientFrame frame, Turn turn) {
        frame.handle(new ArrivedFrame(this, session, link, turn));
    }

    void connect(Session session, ClientFrame.Connect connect) {
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
