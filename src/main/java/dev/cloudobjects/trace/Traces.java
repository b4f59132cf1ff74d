package dev.cloudobjects.trace;

import dev.cloudobjects.log.TraceLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The traces that run: a few at a time, each for so long. While there is none, to ask costs one read. Safe for use by many threads. */
public final class Traces {

    /** How many run at a time. */
    public static final int MOST = 10;

    private final LongSupplier nanos;
    private final AtomicLong ids = new AtomicLong();
    private volatile List<Trace> running = List.of();
    private volatile Runnable onChange = () -> {};

    /** No traces. @param nanos a clock that never jumps */
    public Traces(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What is called when one has begun or ended. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Begins a trace; empty when there are too many. @param data whether the data of messages are shown */
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

    /** Ends a trace; false when it has ended. */
    public boolean end(String id) {
        return all().stream().filter(trace -> trace.id().equals(id)).anyMatch(trace -> end(trace, "somebody asked for it"));
    }

    /** Ends what has run out; called a few times a second. */
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

    /** Those that run, in the order of their beginnings. */
    public List<Trace> all() {
        return running;
    }

    /** For how much longer a trace goes on. */
    public Duration left(Trace trace) {
        return Duration.ofNanos(trace.left(nanos.getAsLong()));
    }

    /** The trace of a connection, by its id or its user. */
    public @Nullable ConnectionTrace of(String cid, @Nullable String user) {
        for (Trace trace : running) {
            if (trace.subject().is(cid, user)) {
                return new ConnectionTrace(trace, cid);
            }
        }
        return null;
    }

    /** A user may not connect. */
    public void refused(@Nullable String user, String path, int code, @Nullable String why) {
        for (Trace trace : running) {
            if (trace.subject().is(null, user)) {
                trace.write(TraceLine.REFUSED, path, code, why);
            }
        }
    }
}
