package dev.cloudobjects.trace;

import dev.cloudobjects.log.TraceLine;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One trace. It writes so many lines at most, and none when it has ended. Safe for use by many threads. */
public final class Trace {

    /** So many lines are some two megabytes. */
    static final int MOST_LINES = 10_000;

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
     * What is traced: one of the two.
     *
     * @param cid a connection
     * @param user all connections of a user, and his attempts to connect
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

    /** Its id. */
    public String id() {
        return id;
    }

    /** What is traced. */
    public Subject subject() {
        return subject;
    }

    /** Whether the data of messages are shown. */
    public boolean data() {
        return data;
    }

    /** How many lines it has written. */
    public int lines() {
        return Math.min(lines.get(), MOST_LINES);
    }

    boolean isDue(long now) {
        return now - end >= 0 || lines.get() > MOST_LINES;
    }

    /** Why it is over, where it is over by itself. */
    String reason() {
        return lines.get() > MOST_LINES ? MOST_LINES + " lines are written" : "its time is over";
    }

    void end() {
        over = true;
    }

    /** How many more nanoseconds it goes on. */
    public long left(long now) {
        return Math.max(0, end - now);
    }

    /** Writes a line that is of no connection. */
    public void write(TraceLine line, @Nullable Object... arguments) {
        if (over || lines.incrementAndGet() > MOST_LINES) {
            return;
        }
        @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
        all[0] = new TraceLine.Name(id);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        line.write(all);
    }
}
