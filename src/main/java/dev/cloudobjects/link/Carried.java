package dev.cloudobjects.link;

/** What a {@link Link} carries, as far as the link knows it. Its methods are called by any thread and return at once. */
public interface Carried {

    /**
     * Whether messages that wait may still be written; the last message before a close is written in any case. It is asked
     * before each write, under the monitor of the queue, so it takes no lock.
     */
    boolean mayBeWritten();

    /** Messages were written. @param last the number of the last one; the first message of a link has the number 1 */
    void written(long last);

    /** A write failed. The link writes nothing after that. */
    void failed(Throwable why);
}
