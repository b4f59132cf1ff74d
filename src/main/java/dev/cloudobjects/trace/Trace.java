package dev.cloudobjects.trace;

import dev.cloudobjects.log.TraceLine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A trace. It writes a maximum number of lines, and none after its end. Safe for use by many threads. */
public final class Trace {

    /** The maximum number of lines, about two megabytes. */
    static final int MAX_LINES = 10_000;

    private final String id;
    private final Subject subject;
    private final boolean data;
    private final long end;
    private final AtomicInteger lines = new AtomicInteger();
    private volatile boolean over;

    Trace(String id, Subject subject, boolean data, long end) {
        this.id = id;
        this.subject = subject;
        this.data = data;
        this.end = end;
    }

    /**
     * The subject of a trace: either a connection or a user.
     *
     * @param cid the connection
     * @param user the user, with all connections and connection attempts
     */
    public record Subject(@Nullable String cid, @Nullable String user) {

        public Subject {
            if ((cid == null) == (user == null)) {
                throw new IllegalArgumentException("a trace is of a connection or of a user");
            }
        }

        boolean is(@Nullable String otherCid, @Nullable String otherUser) {
            return cid != null ? cid.equals(otherCid) : user != null && user.equals(otherUser);
        }

        @Override
        public String toString() {
            return cid != null ? "cid=" + cid : "user=" + user;
        }
    }

    /** The id of the trace. */
    public String id() {
        return id;
    }

    /** The subject of the trace. */
    public Subject subject() {
        return subject;
    }

    /** Whether message data are logged. */
    public boolean data() {
        return data;
    }

    /** The number of written lines. */
    public int lines() {
        return Math.min(lines.get(), MAX_LINES);
    }

    boolean isDue(long now) {
        return now - end >= 0 || lines.get() > MAX_LINES;
    }

    /** The reason of an end without a request. */
    String reason() {
        return lines.get() > MAX_LINES ? MAX_LINES + " lines are written" : "its time is over";
    }

    void end() {
        over = true;
    }

    /** The time until it ends, in nanoseconds. */
    public long left(long now) {
        return Math.max(0, end - now);
    }

    /** Writes a line that belongs to no connection. */
    public void write(TraceLine line, @Nullable Object... arguments) {
        if (over || lines.incrementAndGet() > MAX_LINES) {
            return;
        }
        @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
        all[0] = new TraceLine.Name(id);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        line.write(all);
    }
}
