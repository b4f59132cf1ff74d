package dev.cloudobjects.directory;

/**
 * What is written to the table of connections.
 *
 * <p>{@link #added} and {@link #removed} return at once and never fail: the table is written behind them, in batches, in the
 * order of the calls for each connection, so that a row never outlives its connection. They may be called from any thread.
 */
public interface DirectoryCommands {

    /** A connection was accepted, or its row has changed. */
    void added(ConnectionRow row);

    /** A connection ended. Unknown ones are ignored. */
    void removed(String cid);

    /** Waits until all that was said before is written, at most five seconds; tells whether it is. */
    boolean flush();
}
