package dev.cloudobjects.session;

import dev.cloudobjects.link.Carried;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.trace.ConnectionTrace;

/** That a link carries a session: the session is told what became of the writes. */
final class Attachment implements Carried {

    private final Session session;
    private final Sessions sessions;

    Attachment(Session session, Sessions sessions) {
        this.session = session;
        this.sessions = sessions;
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
        sessions.end(session, SessionEnd.fault(why));
    }
}
