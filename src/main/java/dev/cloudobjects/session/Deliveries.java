package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
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
    private final Meters meters;

    /** What is sent to these sessions. */
    @Inject
    public Deliveries(Sessions sessions, Meters meters) {
        this.sessions = sessions;
        this.meters = meters;
    }

    /** What became of a message for one session. */
    public enum Delivery {
        /** It waits to be written. */
        QUEUED,
        /** There was no room for it, and the session was ended. */
        DROPPED,
        /** The session takes no message, or not this one. */
        UNREACHABLE
    }

    /** Queues a message of the application. */
    public Delivery deliver(Session session, OutgoingMessage message) {
        Link link = session.link();
        Encoded encoded = link == null || session.isLoginOver()
                ? null
                : message.encoded(link.codec()).orElse(null);
        if (link == null || encoded == null) {
            unreachable(session, link);
            return Delivery.UNREACHABLE;
        }
        return switch (offer(session, link, encoded, message.frame())) {
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

    /** Sends a frame of the framework, if the dialect of the client has it. */
    public void tell(Session session, ServerFrame frame) {
        Link link = session.link();
        if (link == null) {
            unreachable(session, null);
            return;
        }
        Encoded encoded = link.codec().encode(frame).orElse(null);
        if (encoded != null) {
            offered(session, offer(session, link, encoded, frame));
        }
    }

    /** What became of a frame of the framework: there is none that a client may miss. */
    void offered(Session session, Link.Offer offer) {
        if (offer == Link.Offer.FULL) {
            sessions.tooSlow(session, TOO_FAR_BEHIND);
        }
    }

    private static Link.Offer offer(Session session, Link link, Encoded encoded, ServerFrame frame) {
        ConnectionTrace trace = session.trace();
        return trace == null ? link.offer(encoded) : SendTraces.offer(trace, session, link, encoded, frame);
    }

    private static void unreachable(Session session, @Nullable Link link) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            SendTraces.unreachable(trace, session, link);
        }
    }
}
