package dev.cloudobjects.session;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.time.NanoClock;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Makes sessions, each with a cid and an inbox of its own. Safe for use by many threads. */
public final class SessionFactory {

    private final Executor handlers;
    private final NanoClock clock;
    private final InstantSource time;
    private final SessionLimits limits;
    private final EndListener listener;
    private final QueueBudget incoming;
    private final Cids cids;

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

    SessionLimits limits() {
        return limits;
    }

    EndListener listener() {
        return listener;
    }
}
