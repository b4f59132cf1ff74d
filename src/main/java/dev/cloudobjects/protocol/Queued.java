package dev.cloudobjects.protocol;

/** What stands in a queue or in a log: a message that many clients share, or the place of one client for a message that may still change. */
public interface Queued {

    /** The message, as it is now. */
    Encoded message();
}
