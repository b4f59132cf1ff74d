package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.request.SessionRequests;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.ConnectionTrace;
import dev.cloudobjects.trace.Traces;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of sessions. Every change of a session's state is made here, or in {@link Attachments} where it loses its link or gets
 * another one, under the session's monitor; whatever ends a session calls {@link #end}, and the first call ends it.
 *
 * <p>Safe for use by many threads. No method waits for a client.
 */
@UnproxiedSingleton
public class Sessions {

    private final Registry registry;
    private final OnlineTable table;
    private final SessionFactory factory;
    private final Meters meters;
    private final Traces traces;
    private volatile boolean accepting = true;

    /** The life of the sessions of one node. */
    @Inject
    public Sessions(Registry registry, OnlineTable table, SessionFactory factory, Meters meters, Traces traces) {
        this.registry = registry;
        this.table = table;
        this.factory = factory;
        this.meters = meters;
        this.traces = traces;
        traces.onChange(this::retrace);
    }

    /** What makes the sessions, and what they share. */
    SessionFactory factory() {
        return factory;
    }

    /** The traces. */
    public Traces traces() {
        return traces;
    }

    /** A trace has begun or ended: the sessions that are there get it or lose it. */
    private void retrace() {
        registry.tracked().forEach(session -> session.trace(traces.of(session.cid(), session.openedBy())));
    }

    /** Opens a session that has a link. It is found by its cid, and by nothing else, until it is accepted. */
    void open(Session session) {
        Quotas.Count count = registry.track(session);
        meters.count(Meter.CONNECTIONS_OPENED);
        // After it is tracked: a trace that begins now finds the session, or is found here.
        session.trace(traces.of(session.cid(), session.openedBy()));
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            SendTraces.opened(trace, session);
        }
        // The handshake asked before; others may have come in since.
        factory.limits().quotas().exceeded(count).ifPresent(why -> {
            meters.count(Meter.CONNECTIONS_CROWDED_OUT);
            ServerFrame.Event event = ServerFrame.Event.error(why.code(), why.getMessage(), true, null);
            finish(session, event, CloseCode.TRY_LATER, why.getMessage(), false);
        });
        if (!accepting) {
            // It passed the handshake in time, but whoever ends all the others may have done so by now.
            end(session, SessionEnd.byServer(CloseCode.GOING_AWAY));
        }
    }

    /** Why there is no room for one more session of this caller: code 429 for his own limits, 503 for everybody's. */
    public Optional<CloudObjectException> crowdedOut(Caller caller) {
        return factory.limits().quotas().exceeded(registry.with(caller));
    }

    /** Accepts a session whose client has not resumed another one: {@link #accept(Session, ServerFrame.Recovery)}. */
    public boolean accept(Session session) {
        return accept(session, null);
    }

    /**
     * The connection event accepted: the connect frame leaves before all else. False when the session has ended meanwhile.
     *
     * @param recovery why the client could not resume another session instead; {@code null} when it did not ask to
     */
    public boolean accept(Session session, ServerFrame.@Nullable Recovery recovery) {
        synchronized (session) {
            if (!session.state().isConnecting()) {
                return false;
            }
            session.state(SessionState.OPEN);
            registry.add(session);
            // Inside, so that neither the removal of the row nor a last event can overtake it. Both return at once.
            table.put(session);
            connected(session, recovery);
        }
        meters.count(Meter.CONNECTIONS_ACCEPTED);
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.ACCEPTED);
        }
        return true;
    }

    private void connected(Session session, ServerFrame.@Nullable Recovery recovery) {
        Link link = session.link();
        if (link != null) {
            Resumption kept = session.resumption();
            ServerFrame.Resumable resumable = kept == null
                    ? null
                    : new ServerFrame.Resumable(
                            kept.secret(), factory.limits().resume().window().toMillis());
            connected(session, link, resumable, recovery).ifPresent(link::release);
        }
    }

    /** The connect frame of a session for a link. */
    static Optional<Encoded> connected(
            Session session,
            Link link,
            ServerFrame.@Nullable Resumable resumable,
            ServerFrame.@Nullable Recovery recovery) {
        long pingInterval = link.limits().pingInterval().toMillis();
        return link.codec().encode(new ServerFrame.Connected(session.cid(), pingInterval, resumable, recovery));
    }

    /**
     * Closes a session in good order: nothing new is accepted for it, what waits is sent, then an event, then the close.
     * False when it was closing already.
     *
     * @param last what the client is told last, or {@code null}
     * @param keepQueued whether what waits is still sent
     */
    public boolean finish(
            Session session, @Nullable ServerFrame last, CloseCode code, String reason, boolean keepQueued) {
        synchronized (session) {
            if (!startClosing(session, new Farewell(last, code, reason))) {
                return false;
            }
        }
        flush(session, last, code, reason, keepQueued);
        return true;
    }

    /** Closes a session because its login has ended; false when it was closing already, or has another login by now. */
    public boolean finish(Session session, Login ended, ServerFrame.Event event, CloseCode code, String reason) {
        synchronized (session) {
            if (!ended.equals(session.caller().login()) || !startClosing(session, new Farewell(event, code, reason))) {
                return false;
            }
        }
        flush(session, event, code, reason, false);
        return true;
    }

    /** Called under the session's monitor. */
    private boolean startClosing(Session session, Farewell farewell) {
        if (!session.state().isAddressable()) {
            return false;
        }
        if (!farewell.code().mayReconnect()) {
            // First: a client that comes back finds the session, or this.
            factory.farewells().add(session, farewell);
        }
        session.state(SessionState.CLOSING);
        session.plannedEnd(SessionEnd.byServer(farewell.code(), farewell.reason()));
        Link link = session.link();
        if (link != null) {
            link.heartbeat().closing();
        }
        hide(session);
        return true;
    }

    private void flush(
            Session session, @Nullable ServerFrame last, CloseCode code, String reason, boolean keepQueued) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.CLOSING, code.value(), reason, keepQueued ? "are sent first" : "are dropped");
        }
        Link link = session.link();
        if (link != null) {
            Encoded encoded = last == null ? null : link.codec().encode(last).orElse(null);
            SendState sends = session.sendState();
            if (sends != null && keepQueued) {
                sends.flush(session);
            }
            link.finish(encoded, keepQueued, code.value(), reason);
        } else {
            end(session, SessionEnd.byServer(code, reason));
        }
    }

    /** Ends a session now, whatever its state. The first call counts; false for the others. */
    public boolean end(Session session, SessionEnd how) {
        return end(session, null, how);
    }

    /**
     * Ends a session now because of what happened on a link. False also where the session has another link by now: its client has
     * resumed it, and whatever happens on the old link does not matter to it any more.
     *
     * @param on the link; {@code null} where it does not matter which link the session has
     */
    boolean end(Session session, @Nullable Link on, SessionEnd how) {
        Attachment attachment;
        synchronized (session) {
            SessionState before = session.state();
            if (before.isClosed() || (on != null && !on.equals(session.link()))) {
                return false;
            }
            session.state(SessionState.CLOSED);
            if (before.isAddressable()) {
                hide(session);
            }
            registry.untrack(session);
            attachment = session.detach();
        }
        Link link = attachment == null ? null : attachment.link();
        SessionEnd end = Optional.ofNullable(session.plannedEnd()).orElse(how);
        if (link != null) {
            link.end();
        }
        session.inbox().shut(end.hearPending());
        Resumption kept = session.resumption();
        if (kept != null) {
            kept.log().shut();
        }
        SendState sends = session.sendState();
        if (sends != null) {
            sends.end();
        }
        SessionRequests requests = session.requests();
        if (requests != null) {
            requests.end();
        }
        if (link != null && !how.byPeer()) {
            // The client is told why the server decided to close, and not what came of that: it may be all that it is told.
            SessionEnd said = how.fault() == null ? end : how;
            link.close(said.code(), said.reason());
        }
        if (how.fault() != null) {
            Log.CONNECTION_FAULT.log(session.cid(), session.route().path(), how.fault());
        }
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.CLOSED, how.byPeer() ? "client" : "server", end.code(), end.reason());
        }
        if (session.accepted()) {
            meters.count(Meter.CONNECTIONS_ENDED);
            factory.listener().ended(session, end);
        }
        return true;
    }

    /** Whether new sessions are accepted. */
    public boolean isAccepting() {
        return accepting;
    }

    /** Accepts no new session from now on. */
    public void stopAccepting() {
        accepting = false;
    }

    /** How many sessions have not ended, in any state. */
    public int count() {
        return registry.tracked().size();
    }

    /** Ends a session whose client does not read fast enough. */
    void tooSlow(Session session, String reason) {
        if (end(session, SessionEnd.byServer(CloseCode.TRY_LATER, reason))) {
            meters.count(Meter.SLOW_CLOSED);
            Log.CONNECTION_SLOW.logFrom(session.address(), session.cid(), session.route().path(), reason);
        }
    }

    /** Ends a session that exceeds a limit on a link; false when it has ended, or has another link by now. */
    boolean exceeded(Session session, Link on, CloseCode code, String reason, Meter meter) {
        boolean ends = end(session, on, SessionEnd.byServer(code, reason));
        if (ends) {
            meters.count(meter);
            Log.CONNECTION_EXCEEDED.logFrom(session.address(), session.cid(), session.route().path(), reason);
        }
        return ends;
    }

    /** Adds a session to groups of its object. */
    public void join(Session session, Iterable<String> groups) {
        synchronized (session) {
            if (session.state().isAddressable()) {
                groups.forEach(group -> registry.join(session, group));
            }
        }
    }

    /** Takes a session out of groups of its object. */
    public void leave(Session session, Iterable<String> groups) {
        synchronized (session) {
            groups.forEach(group -> registry.leave(session, group));
        }
    }

    /** Takes a session out of the indexes and of the table. */
    private void hide(Session session) {
        registry.remove(session);
        if (session.accepted()) {
            table.remove(session);
        }
    }
}
