package dev.cloudobjects.session;

/** Told of the end of each accepted session, exactly once. */
public interface EndListener {

    /** Called on any thread, which it must not keep; the session is no longer found by its cid. */
    void ended(Session session, SessionEnd end);
}
