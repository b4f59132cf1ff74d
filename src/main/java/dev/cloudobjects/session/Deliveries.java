package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Queues messages and frames for sessions. A session that is too far behind is ended. Safe for use by many threads. */
@UnproxiedSingleton
public final class Deliveries {

    private static final String TOO_FAR_BEHIND = "it is too far behind with reading";

    private final Sessions sessions;
    private final Attachments attachments;
    private final Meters meters;
    private final OptionSends options;

    /** What is sent to these sessions. */
    @Inject
    public Deliveries(Sessions sessions, Attachments attachments, Meters meters) {
        this.sessions = sessions;
        this.attachments = attachments;
        this.meters = meters;
        this.options = new OptionSends(this, sessions.factory(), meters);
    }

    /** What became of a message for one session. */
    public enum Delivery {
        /** It waits to be written, or for the client to come back. */
        QUEUED,
        /** There was no room for it, and the session was ended. */
        DROPPED,
        /** The session takes no message, or not this one. */
        UNREACHABLE
    }

    /** Queues a message of the application. */
    public Delivery deliver(Session session, OutgoingMessage message) {
        Encoded encoded = encoded(session, message);
        if (encoded == null) {
            return Delivery.UNREACHABLE;
        }
        Link.Offer offer = offer(session, encoded, message.frame());
        makeRoom(session);
        return switch (offer) {
            case QUEUED -> {
                meters.count(Meter.DELIVERIES_QUEUED);
                yield Delivery.QUEUED;
            }
            case FULL -> {
                meters.count(Meter.DELIVERIES_DROPPED);
                sessions.tooSlow(session, TOO_FAR_BEHIND);
                yield Delivery.DROPPED;
            }
            case SHUT -> Delivery.UNREACHABLE;
        };
    }

    /**
     * Queues a message of the application as its policy says.
     *
     * @param receipt completed when the outcome is known; {@code null} where nobody asks
     */
    OptionSends.Sent deliver(
            Session session, OutgoingMessage message, SendPolicy policy, @Nullable PendingReceipt receipt) {
        Encoded encoded = encoded(session, message);
        if (encoded == null) {
            if (receipt != null) {
                receipt.ended();
            }
            return new OptionSends.Sent(Delivery.UNREACHABLE, 0);
        }
        return options.send(session, encoded, message.frame(), policy, receipt);
    }

    /** A message as the client of a session reads it; {@code null} where it gets none, or not this one. */
    private static @Nullable Encoded encoded(Session session, OutgoingMessage message) {
        Codec codec = session.codec();
        Encoded encoded = codec == null || session.isLoginOver()
                ? null
                : message.encoded(codec).orElse(null);
        if (encoded == null) {
            unreachable(session);
        }
        return encoded;
    }

    static Delivery delivery(Link.Offer offer) {
        return switch (offer) {
            case QUEUED -> Delivery.QUEUED;
            case FULL -> Delivery.DROPPED;
            case SHUT -> Delivery.UNREACHABLE;
        };
    }

    /** Sends a frame of the framework, if the dialect of the client has it. */
    public void tell(Session session, ServerFrame frame) {
        Codec codec = session.codec();
        if (codec == null) {
            unreachable(session);
            return;
        }
        codec.encode(frame).ifPresent(encoded -> offered(session, offer(session, encoded, frame)));
    }

    /** What became of a frame of the framework: there is none that a client may miss. Called under no session's monitor. */
    void offered(Session session, Link.Offer offer) {
        makeRoom(session);
        if (offer == Link.Offer.FULL) {
            sessions.tooSlow(session, TOO_FAR_BEHIND);
        }
    }

    /** A message could not be queued for a session: it ends, so that its client does not go on without it. */
    void failed(Session session) {
        sessions.end(session, SessionEnd.byServer(CloseCode.INTERNAL_ERROR));
    }

    /** Other sessions may end for that, so it is done under no session's monitor. */
    private void makeRoom(Session session) {
        if (session.resumption() != null && attachments.keepsTooMuch()) {
            attachments.makeRoom(session);
        }
    }

    /** Queues a frame, and keeps it if the client may come back for it. {@link #offered} has to follow. */
    Link.Offer offer(Session session, Encoded encoded, ServerFrame frame) {
        Resumption kept = session.resumption();
        if (kept == null || !frame.isCounted()) {
            return queue(session, encoded, frame);
        }
        Link.Offer offer;
        synchronized (kept.log()) {
            if (!kept.log().add(encoded)) {
                return Link.Offer.SHUT;
            }
            offer = queue(session, encoded, frame);
        }
        boolean waits = offer == Link.Offer.SHUT && session.state().isAddressable();
        return waits ? Link.Offer.QUEUED : offer;
    }

    private static Link.Offer queue(Session session, Encoded encoded, ServerFrame frame) {
        Link link = session.link();
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            return SendTraces.offer(trace, session, link, encoded, frame);
        }
        return link == null ? Link.Offer.SHUT : link.offer(encoded);
    }

    private static void unreachable(Session session) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            SendTraces.unreachable(trace, session, session.link());
        }
    }
}
