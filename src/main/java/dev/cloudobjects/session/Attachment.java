package dev.cloudobjects.session;

import dev.cloudobjects.link.Carried;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.trace.ConnectionTrace;
import java.util.function.Predicate;

/**
 * That a link carries a session: the session is told what became of the link. It begins with a session of the link's own; when
 * the client resumes an earlier session, the link carries that one from then on.
 *
 * <p>Safe for use by many threads.
 */
public final class Attachment implements Carried {

    private final Link link;
    private final Attachments attachments;
    private volatile Session session;

    Attachment(Session session, Link link, Attachments attachments) {
        this.session = session;
        this.link = link;
        this.attachments = attachments;
    }

    Link link() {
        return link;
    }

    /** The session that the link carries now, or carried last. */
    public Session session() {
        return session;
    }

    /** Whether the session still uses the link. */
    public boolean isCurrent() {
        return link.equals(session.link());
    }

    /** From now on the link carries another session. Called under the monitor of that session. */
    void carry(Session other) {
        session = other;
    }

    /** The link is lost, or its client has closed it. Nothing happens when the session has ended, or has another link by now. */
    public void lost(SessionEnd how) {
        toSession(now -> attachments.lost(now, link, how));
    }

    /** The server ends the session, because of what came on the link. Nothing happens when the session has another link by now. */
    public void end(SessionEnd how) {
        toSession(now -> attachments.sessions().end(now, link, how));
    }

    /** The client has exceeded a limit of the link. Nothing happens when the session has another link by now. */
    public void exceeded(CloseCode code, String reason, Meter meter) {
        toSession(now -> attachments.sessions().exceeded(now, link, code, reason, meter));
    }

    /** @param step false where that session does not have the link: the client may have resumed an earlier one since it was read */
    private void toSession(Predicate<Session> step) {
        Session now;
        do {
            now = session;
        } while (!step.test(now) && !now.equals(session));
    }

    @Override
    public boolean mayBeWritten() {
        return !session.isLoginOver();
    }

    @Override
    public void written(long last) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.WRITTEN, last);
        }
    }

    @Override
    public void failed(Throwable why) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.UNWRITTEN, why);
        }
        lost(SessionEnd.fault(why));
    }
}
