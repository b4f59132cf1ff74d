package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.protocol.ServerFrame.Reason;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which session has which link: a socket opens and gets a session, a session loses its link and is away, a client comes back
 * and its session gets the new link.
 *
 * <p>Safe for use by many threads. No method waits for a client. Where two monitors are held, that of the session which is
 * resumed comes first, then that of the session which gives its link up, then that of the log.
 */
@UnproxiedSingleton
public final class Attachments {

    private final Sessions sessions;
    private final Registry registry;
    private final OnlineTable table;
    private final SessionFactory factory;
    private final Meters meters;
    private final ResumeLimits limits;

    /** The attachments of the sessions of one node. */
    @Inject
    public Attachments(
            Sessions sessions, Registry registry, OnlineTable table, SessionFactory factory, Meters meters) {
        this.sessions = sessions;
        this.registry = registry;
        this.table = table;
        this.factory = factory;
        this.meters = meters;
        this.limits = factory.limits().resume();
    }

    Sessions sessions() {
        return sessions;
    }

    /** A socket opened: it gets a session of its own. */
    public Attachment open(Session.Route route, Caller caller, Link link) {
        Session session = factory.create(route, caller);
        Attachment attachment = new Attachment(session, link, this);
        session.attach(attachment);
        link.carry(attachment);
        sessions.open(session);
        return attachment;
    }

    /** The client opened an encrypted channel on a link: it gets the answer, in clear, before all else. */
    public void encrypted(Link link, Encoded answer) {
        meters.count(Meter.CONNECTIONS_ENCRYPTED);
        link.sendAhead(answer);
    }

    /**
     * The client of a session that is connecting can resume it. From now on what is sent to it is kept, unless the server
     * offers none of that.
     */
    public void makeResumable(Session session) {
        if (!limits.offered()) {
            return;
        }
        synchronized (session) {
            Link link = session.link();
            // What waits already was not counted.
            if (link != null && session.state().isConnecting() && link.waiting() == 0) {
                session.resumption(factory.resumption(link));
            }
        }
    }

    /**
     * A session has lost its link. It is away, if its client may come back; otherwise it ends.
     *
     * @return false when that is not the session's link, and nothing was done
     */
    boolean lost(Session session, Link link, SessionEnd how) {
        Resumption kept = session.resumption();
        boolean away = false;
        synchronized (session) {
            if (!link.equals(session.link())) {
                return false;
            }
            if (kept != null && how.isLoss() && sessions.isAccepting() && session.state() == SessionState.OPEN) {
                kept.absence(factory.absence(how));
                session.state(SessionState.AWAY);
                // First: what was not started to be written may change as soon as the session has no link.
                link.stop();
                session.detach();
                registry.away(session);
                table.put(session);
                away = true;
            }
        }
        if (!away) {
            // It may have been resumed, or have resumed another one, since the monitor was given back.
            return sessions.end(session, link, how);
        }
        link.end();
        if (!how.byPeer()) {
            link.close(how.code(), how.reason());
        }
        session.holds(0);
        meters.count(Meter.SESSIONS_KEPT);
        trace(session, TraceLine.AWAY, how.byPeer() ? "client" : "server", how.code(), how.reason());
        if (registry.away() > limits.sessions()) {
            endLongestAway();
        }
        if (!sessions.isAccepting()) {
            // Whoever ends all of them may have passed this one by.
            endAway(session);
        }
        return true;
    }

    /** Ends a session that is away for longer than it may be; false when it is not. */
    boolean expire(Session session) {
        long window = limits.window().toNanos();
        return endAway(session, absence -> factory.clock().nanos() - absence.since() > window);
    }

    /** Ends a session that is away, as it lost its link; false when it is not away. */
    private boolean endAway(Session session) {
        return endAway(session, absence -> true);
    }

    private boolean endAway(Session session, Predicate<Resumption.Absence> when) {
        Resumption kept = session.resumption();
        if (kept == null) {
            return false;
        }
        synchronized (session) {
            Resumption.Absence absence = kept.absence();
            return absence != null
                    && session.state().isAway()
                    && when.test(absence)
                    && sessions.end(session, absence.loss());
        }
    }

    private boolean endLongestAway() {
        Session longest = registry.awaySessions().longest();
        if (longest == null) {
            return false;
        }
        if (endAway(longest)) {
            meters.count(Meter.SESSIONS_CROWDED_OUT);
        }
        return true;
    }

    /** Whether more is kept for clients that may come back than may be. */
    boolean keepsTooMuch() {
        return factory.logs().isFull();
    }

    /** More is kept than may be: the sessions that are away for longest end, and then what is kept of this one goes. */
    void makeRoom(Session session) {
        boolean more = true;
        while (more && keepsTooMuch()) {
            more = endLongestAway();
        }
        Resumption kept = session.resumption();
        if (kept != null && keepsTooMuch()) {
            kept.log().forget();
        }
    }

    /** What a client finds that wants an earlier session back. */
    public sealed interface Found {

        /** The session is there. */
        record Here(Session session) implements Found {}

        /** The session can't be resumed. */
        sealed interface Missing extends Found {}

        /** The server has closed it, and the client is to be told. */
        record Closed(Farewell farewell) implements Missing {}

        /** It is not there, or not for this client. */
        record None(Reason why) implements Missing {}
    }

    /**
     * Finds the session that a client wants back.
     *
     * @param fresh the session that its new link has
     */
    public Found find(Session fresh, ClientFrame.Earlier earlier) {
        Session session = registry.find(earlier.cid()).orElse(null);
        if (session == null) {
            // Not sooner: it may be closed in between.
            return gone(earlier.cid(), earlier.secret());
        }
        Resumption kept = session.resumption();
        if (kept == null || !kept.isSecret(earlier.secret())) {
            return none(Reason.EXPIRED);
        }
        return isSame(session, kept, fresh) ? new Found.Here(session) : none(Reason.CHANGED);
    }

    private Found.Missing gone(String cid, String secret) {
        Farewell farewell = factory.farewells().find(cid, secret);
        if (farewell != null) {
            return new Found.Closed(farewell);
        }
        return none(factory.cids().isOwn(cid) ? Reason.EXPIRED : Reason.RESTARTED);
    }

    private Found.Missing none(Reason why) {
        meters.count(Meter.SESSIONS_NOT_RESUMED);
        return new Found.None(why);
    }

    private static boolean isSame(Session session, Resumption kept, Session fresh) {
        return session.route().path().equals(fresh.route().path())
                && session.route().channel().equals(fresh.route().channel())
                && kept.encrypted() == fresh.encrypted()
                && Objects.equals(session.uid(), fresh.uid())
                && Objects.equals(
                        session.caller().client().deviceId(),
                        fresh.caller().client().deviceId());
    }

    /**
     * Gives a session the link of another one, whose client has resumed it. The other session is no more; what the client lacks
     * is sent to it, behind the connect frame.
     *
     * @param fresh the session that is connecting on the link
     * @param received how many frames the client has of the session
     * @return why that can't be; empty when it is done, or the link is lost again or closing already and the session stays as it was
     */
    public Optional<Found.Missing> resume(Session session, Session fresh, long received) {
        Resumption kept = Objects.requireNonNull(session.resumption(), "only what can be resumed is found");
        Attachment before;
        synchronized (session) {
            if (!session.state().isOpen()) {
                return Optional.of(gone(session.cid(), kept.secret()));
            }
            before = session.attached();
            switch (move(session, kept, fresh, received)) {
                case MOVED -> {
                    // The link that it had is closed outside the monitor.
                }
                case LOST -> {
                    return Optional.empty();
                }
                case CHANGED -> {
                    return Optional.of(none(Reason.CHANGED));
                }
                case INCOMPLETE -> {
                    // Nobody can have it back any more.
                    if (!endAway(session)) {
                        sessions.end(
                                session,
                                SessionEnd.byServer(CloseCode.REPLACED, "its client came back and lacks too much"));
                    }
                    return Optional.of(none(Reason.INCOMPLETE));
                }
            }
        }
        if (before != null) {
            before.link().end();
            before.link().close(CloseCode.REPLACED.value(), CloseCode.REPLACED.reason());
        }
        meters.count(Meter.SESSIONS_RESUMED);
        trace(session, TraceLine.RESUMED, received, session.address());
        return Optional.empty();
    }

    /** Whether a session has got the link of another one. */
    private enum Move {
        MOVED,
        /** The link is lost again, or about to be closed. */
        LOST,
        /** The login of the client has ended since its session was found. */
        CHANGED,
        /** Not all is kept that the client lacks. */
        INCOMPLETE
    }

    /** Called under the monitor of the session that gets the link. */
    private Move move(Session session, Resumption kept, Session fresh, long received) {
        synchronized (fresh) {
            synchronized (kept.log()) {
                if (!fresh.state().isConnecting()) {
                    return Move.LOST;
                }
                if (!isSame(session, kept, fresh)) {
                    return Move.CHANGED;
                }
                stop(session.link());
                List<Queued> lacking = kept.log().after(received);
                if (lacking == null) {
                    return Move.INCOMPLETE;
                }
                Attachment given = Objects.requireNonNull(fresh.detach(), "who is connecting has a link");
                discard(fresh);
                session.attach(given);
                given.carry(session);
                back(session, kept, fresh.caller());
                Sessions.connected(session, given.link(), null, new ServerFrame.Recovery.Recovered(kept.received()))
                        .ifPresent(first -> given.link().release(first, lacking));
                return Move.MOVED;
            }
        }
    }

    /** The client reads no more from the link that it had: nothing of what waits there is started to be written. */
    private static void stop(@Nullable Link before) {
        if (before != null) {
            before.stop();
        }
    }

    private void discard(Session fresh) {
        Resumption unused = fresh.resumption();
        if (unused != null) {
            unused.log().shut();
        }
        fresh.state(SessionState.CLOSED);
        fresh.inbox().shut(false);
        registry.untrack(fresh);
    }

    private void back(Session session, Resumption kept, Caller caller) {
        if (session.state().isAway()) {
            kept.absence(null);
            session.state(SessionState.OPEN);
        }
        registry.back(session, caller);
        table.put(session);
    }

    private static void trace(Session session, TraceLine line, @Nullable Object... arguments) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(line, arguments);
        }
    }
}
