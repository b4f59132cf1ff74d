package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.directory.DirectoryCommands;
import dev.cloudobjects.security.Caller;
import jakarta.inject.Inject;

/**
 * The rows of this node's sessions in the table of connections. Its methods queue and return at once; they are called
 * under the session's monitor, so that the rows change in the order in which the sessions do.
 */
@UnproxiedSingleton
public final class OnlineTable {

    private final DirectoryCommands directory;
    private final Node node;

    /** The rows of a node. */
    @Inject
    public OnlineTable(DirectoryCommands directory, Node node) {
        this.directory = directory;
        this.node = node;
    }

    /** Writes the row of a session, in place of the one that it has. */
    void put(Session session) {
        Caller who = session.caller();
        directory.added(new ConnectionRow(
                session.cid(),
                session.addTime(),
                session.route().path(),
                session.route().channel(),
                who.uid(),
                who.client().deviceId(),
                who.client().appId(),
                session.awaySince(),
                node.id(),
                node.epoch()));
    }

    /** Removes the row of a session. */
    void remove(Session session) {
        directory.removed(session.cid());
    }
}
