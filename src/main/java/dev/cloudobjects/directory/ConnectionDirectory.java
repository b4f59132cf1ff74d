package dev.cloudobjects.directory;

import java.util.List;

/**
 * The port to the table of open connections. A node's memory is authoritative for its own connections; the table shows
 * them to operators and other nodes.
 *
 * <p>{@link #added} and {@link #removed} return at once and never throw. The changes are written later, in batches, in
 * order for each connection, so that no row outlives its connection. Safe for use by many threads.
 */
public interface ConnectionDirectory {

    /** Adds the row of an accepted connection, or replaces its row. */
    void added(ConnectionRow row);

    /** Removes the row of a connection that has ended. Does nothing for an unknown cid. */
    void removed(String cid);

    /** Removes the rows of earlier starts of this node; called once, before the first connection. */
    void removeLeftovers(String nodeId, long currentEpoch);

    /** Waits at most five seconds until all earlier changes are written; returns whether they are. */
    boolean flush();

    /** The stored rows, at most {@code limit}, in the order of their cids; reads the database. For operators and tests. */
    List<ConnectionRow> list(int limit);
}
