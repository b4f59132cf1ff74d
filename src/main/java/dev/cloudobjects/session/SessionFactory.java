package dev.cloudobjects.session;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.time.NanoClock;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.Executor;

/** Makes sessions, each with a cid and an inbox of its own. Safe for use by many threads. */
public final class SessionFactory {

    private static final int SECRET_BYTES = 32;

    private final Executor handlers;
    private final NanoClock clock;
    private final InstantSource time;
    private final SessionLimits limits;
    private final EndListener listener;
    private final QueueBudget incoming;
    private final Cids cids;
    private final SentLogs logs;
    private final Farewells farewells;
    private final Receipts receipts;
    private final SecureRandom random = new SecureRandom();

    /**
     * A factory.
     *
     * @param handlers where handlers run: threads with the context of the application
     * @param listener told of the end of each accepted session
     * @param cids makes the ids of sessions
     */
    public SessionFactory(
            Executor handlers, NanoClock clock, InstantSource time, SessionLimits limits, EndListener listener, Cids cids) {
        this.handlers = handlers;
        this.clock = clock;
        this.time = time;
        this.limits = limits;
        this.listener = listener;
        this.cids = cids;
        this.incoming = new QueueBudget(limits.inboxTotalBytes());
        this.logs = new SentLogs(limits.resume());
        this.farewells = new Farewells(limits.resume(), clock);
        this.receipts = new Receipts(limits.sends(), handlers);
    }

    Session create(Session.Route route, Caller caller) {
        return new Session(
                cids.next(),
                route,
                caller,
                time.millis(),
                new Session.Parts(
                        new Inbox(handlers, limits.inboxMessages(), limits.inboxBytes(), incoming),
                        new MessageRate(limits.messageRate(), clock),
                        new LoginLease(clock, time)));
    }

    /** What lets a session on such a link outlive it. */
    Resumption resumption(Link link) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Resumption(
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret), link.codec(), link.encrypted(), logs.open());
    }

    /** The memory of what waits in all inboxes, or is incomplete. */
    QueueBudget incoming() {
        return incoming;
    }

    /** The absence of a session that loses its link now. */
    Resumption.Absence absence(SessionEnd loss) {
        return new Resumption.Absence(loss, clock.nanos(), time.millis());
    }

    /** The bytes that are kept for clients that may resume their session; a message to many counts once. */
    public long keptBytes() {
        return logs.used();
    }

    /** The memory of what was sent. */
    SentLogs logs() {
        return logs;
    }

    /** What clients are told whose sessions were closed while they were away. */
    Farewells farewells() {
        return farewells;
    }

    /** The receipts that wait. */
    Receipts receipts() {
        return receipts;
    }

    NanoClock clock() {
        return clock;
    }

    Cids cids() {
        return cids;
    }

    SessionLimits limits() {
        return limits;
    }

    EndListener listener() {
        return listener;
    }
}
