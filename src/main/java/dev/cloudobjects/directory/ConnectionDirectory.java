package dev.cloudobjects.directory;

import java.util.List;

/**
 * The table of connections that are online. The truth about a node's own connections is its memory; this is the view
 * of the cluster and of operators.
 *
 * <p>{@link #added} and {@link #removed} return at once and never fail: what they say is written behind, in batches, in
 * the order said per connection, so that a row never outlives its connection. They may be called from any thread.
 */
public interface ConnectionDirectory {

    /** A connection was accepted, or has another row by now. */
    void added(ConnectionRow row);

    /** A connection ended. Unknown ones are ignored. */
    void removed(String cid);

    /** Removes the rows that earlier starts of this node left behind; called once, before the first connection. */
    void removeLeftovers(String nodeId, long currentEpoch);

    /** Waits until all that was said before is written, at most five seconds; tells whether it is. */
    boolean flush();

    /** The rows as they are stored now, for operators and tests; reads the database. At most {@code limit}, by cid. */
    List<ConnectionRow> list(int limit);
}
