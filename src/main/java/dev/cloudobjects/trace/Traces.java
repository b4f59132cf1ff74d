package dev.cloudobjects.trace;

import dev.cloudobjects.log.TraceLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The running traces, a limited number. Without a trace, a check costs one volatile read. Safe for use by many threads. */
public final class Traces {

    /** The maximum number of running traces. */
    public static final int MOST = 10;

    private final LongSupplier nanos;
    private final AtomicLong ids = new AtomicLong();
    private volatile List<Trace> running = List.of();
    private volatile Runnable onChange = () -> {};

    /** Creates the registry without traces. @param nanos a monotonic clock, in nanoseconds */
    public Traces(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Sets the listener that is called after a trace has started or ended. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Starts a trace; empty above the maximum. @param data whether message data are logged */
    public Optional<Trace> begin(Trace.Subject subject, Duration time, boolean data) {
        Trace trace;
        synchronized (this) {
            if (running.size() >= MOST) {
                return Optional.empty();
            }
            trace = new Trace("t" + ids.incrementAndGet(), subject, data, nanos.getAsLong() + time.toNanos());
            List<Trace> more = new ArrayList<>(running);
            more.add(trace);
            running = List.copyOf(more);
        }
        TraceLine.BEGUN.write(new TraceLine.Name(trace.id()), subject, new TraceLine.Name(time.toString()));
        onChange.run();
        return Optional.of(trace);
    }

    /** Ends a trace; returns false if it is not running. */
    public boolean end(String id) {
        return all().stream().filter(trace -> trace.id().equals(id)).anyMatch(trace -> end(trace, "somebody asked for it"));
    }

    /** Ends traces whose time has passed; called a few times a second. */
    public void tick() {
        for (Trace trace : running) {
            if (trace.isDue(nanos.getAsLong())) {
                end(trace, trace.reason());
            }
        }
    }

    private boolean end(Trace trace, String why) {
        synchronized (this) {
            if (!running.contains(trace)) {
                return false;
            }
            running = running.stream().filter(other -> other != trace).toList();
        }
        trace.end();
        onChange.run();
        TraceLine.ENDED.write(new TraceLine.Name(trace.id()), trace.subject(), why);
        return true;
    }

    /** The running traces, in the order of their start. */
    public List<Trace> all() {
        return running;
    }

    /** The time until a trace ends. */
    public Duration left(Trace trace) {
        return Duration.ofNanos(trace.left(nanos.getAsLong()));
    }

    /** The trace of a connection, by its cid or its user; {@code null} if none matches. */
    public @Nullable ConnectionTrace of(String cid, @Nullable String user) {
        for (Trace trace : running) {
            if (trace.subject().is(cid, user)) {
                return new ConnectionTrace(trace, cid);
            }
        }
        return null;
    }

    /** Writes that the connection attempt of a user was refused. */
    public void refused(@Nullable String user, String path, int code, @Nullable String why) {
        for (Trace trace : running) {
            if (trace.subject().is(null, user)) {
                trace.write(TraceLine.REFUSED, path, code, why);
            }
        }
    }
}
