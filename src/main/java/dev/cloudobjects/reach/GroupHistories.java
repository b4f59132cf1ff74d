package dev.cloudobjects.reach;

import dev.cloudobjects.api.History;

/**
 * What groups keep, wherever it is kept. What positions mean when some connections are elsewhere is
 * {@code docs/decisions/0010-presence-and-positions.md}.
 *
 * <p>Safe for use by many threads. No method waits for a client.
 */
public interface GroupHistories {

    /**
     * Has the messages of a group kept from now on, or within other bounds.
     *
     * @param path the path of the group's object
     */
    void keep(String path, String group, History history);

    /** Drops what a group keeps; does nothing when it keeps nothing. */
    void forget(String path, String group);
}
