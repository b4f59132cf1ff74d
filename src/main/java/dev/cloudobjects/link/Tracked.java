package dev.cloudobjects.link;

/**
 * Told what becomes of one message for one client, once: what comes later is ignored. Called by any thread, also by one that
 * reads or writes a socket, so it only notes and queues.
 */
public interface Tracked {

    /** The operating system, or the container, has the message. */
    void written();

    /** A newer message has taken the place of this one before it was written. */
    void replaced();

    /** There was no room for it, or it made room for a newer one. */
    void dropped();
}
