package dev.cloudobjects.session;

/** Hears of the end of each accepted connection, exactly once. */
public interface EndListener {

    /** Called on any thread, which it must not keep; the connection is no longer findable. */
    void ended(Connection connection, End end);
}
