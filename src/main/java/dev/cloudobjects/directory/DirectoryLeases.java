package dev.cloudobjects.directory;

/** Which rows of the table of connections belong to a node that lives. */
public interface DirectoryLeases {

    /** Removes the rows that earlier starts of this node left behind; called once, before the first connection. */
    void removeLeftovers(String nodeId, long currentEpoch);
}
