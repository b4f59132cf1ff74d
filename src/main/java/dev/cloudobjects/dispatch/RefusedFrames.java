package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.Sessions;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of frames that are not handled: they are counted, and the client is told, or closed. */
@UnproxiedSingleton
class RefusedFrames {

    private final Sessions sessions;
    private final Deliveries deliveries;
    private final Meters meters;

    @Inject
    RefusedFrames(Sessions sessions, Deliveries deliveries, Meters meters) {
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.meters = meters;
    }

    /** Whether a frame may come now; the client of one that comes too fast is told, or closed. @param id of the frame */
    boolean inTime(Session session, Link from, Supplier<@Nullable Long> id) {
        return switch (session.admit()) {
            case TAKEN -> true;
            case DROPPED -> {
                meters.count(Meter.MESSAGES_OVER_RATE);
                Long known = id.get();
                if (session.noteReceived(from, known)) {
                    drop(session, Code.TOO_MANY, "messages come too fast", "messages come too fast: this one was dropped", known);
                }
                yield false;
            }
            case ABUSE -> {
                String reason = CloseCode.POLICY.reason();
                ServerFrame.Event event = error(Code.TOO_MANY, "messages came too fast for too long", id.get(), true);
                if (sessions.finish(session, event, CloseCode.POLICY, reason, false)) {
                    meters.count(Meter.MESSAGES_ABUSE);
                    Log.CONNECTION_EXCEEDED.logFrom(
                            session.address(), session.cid(), session.route().path(), reason);
                }
                yield false;
            }
        };
    }

    /** A message could not be read. */
    void malformed(Session session, MalformedMessage why) {
        meters.count(Meter.MESSAGES_MALFORMED);
        drop(session, why.code(), why.getMessage(), why.getMessage(), why.re());
    }

    /** Too many frames wait for the handler. */
    void overrun(Session session, @Nullable Long id) {
        meters.count(Meter.MESSAGES_OVERRUN);
        drop(session, Code.TOO_MANY, "too many wait for the handler", "too many messages wait: this one was dropped", id);
    }

    /** The server failed to handle a frame. */
    void failed(Session session, @Nullable Long id) {
        deliveries.tell(session, error(Code.INTERNAL, Code.INTERNAL.message(), id, false));
    }

    /** A frame came out of order: the client does not speak the protocol, and is closed. */
    void violated(Session session, MalformedMessage why) {
        meters.count(Meter.MESSAGES_MALFORMED);
        ServerFrame.Event event = error(why.code(), why.getMessage(), why.re(), true);
        sessions.finish(session, event, CloseCode.PROTOCOL_ERROR, why.getMessage(), false);
    }

    /** A message is not what the encrypted channel allows: the client is closed, and told nothing more. */
    void encryptionFailed(Session session, String why) {
        if (sessions.end(session, SessionEnd.byServer(CloseCode.ENCRYPTION_FAILED))) {
            meters.count(Meter.ENCRYPTION_FAILED);
            Log.ENCRYPTION_FAILED.logFrom(session.address(), session.cid(), session.route().path(), why);
        }
    }

    private void drop(Session session, Code code, @Nullable String traced, String told, @Nullable Long id) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.IGNORED, id, traced);
        }
        deliveries.tell(session, error(code, told, id, false));
    }

    private static ServerFrame.Event error(Code code, String msg, @Nullable Long re, boolean close) {
        return ServerFrame.Event.error(code.value(), msg, close, re);
    }
}
