package dev.cloudobjects.session;

import dev.cloudobjects.protocol.Encoded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to one client and is not known to have arrived: the frames that count, and how many there were before them.
 * The oldest are dropped when there are too many.
 *
 * <p>Safe for use by many threads. Whoever sends keeps a frame and offers it to the link in one step, under the monitor of the
 * log, so that a client that comes back gets the frames in the order of the link.
 */
final class SentLog {

    private final ResumeLimits limits;
    private final SentLogs all;
    private final Deque<Encoded> frames = new ArrayDeque<>(4);
    private long dropped;
    private long bytes;
    private boolean shut;

    SentLog(ResumeLimits limits, SentLogs all) {
        this.limits = limits;
        this.all = all;
    }

    /** Keeps a frame behind all others; false when the log is shut. */
    synchronized boolean add(Encoded frame) {
        if (shut) {
            return false;
        }
        frames.addLast(frame);
        bytes += frame.size();
        all.keep(frame);
        while (frames.size() > limits.messages() || bytes > limits.bytes()) {
            drop();
        }
        return true;
    }

    /** How many frames were sent. */
    synchronized long sent() {
        return dropped + frames.size();
    }

    /** The client has so many frames: they are not kept any longer. False when so many were never sent. */
    synchronized boolean confirm(long received) {
        if (received > sent()) {
            return false;
        }
        while (dropped < received) {
            drop();
        }
        return true;
    }

    /** The frames that a client lacks that has so many; {@code null} when not all of them are kept, or so many were never sent. */
    synchronized @Nullable List<Encoded> after(long received) {
        return received >= dropped && confirm(received) ? List.copyOf(frames) : null;
    }

    /** Drops all frames: a client that has not got them can't have them any more. */
    synchronized void forget() {
        while (!frames.isEmpty()) {
            drop();
        }
    }

    /** Drops all frames, and keeps none from now on. */
    synchronized void shut() {
        shut = true;
        forget();
    }

    private void drop() {
        Encoded first = frames.removeFirst();
        bytes -= first.size();
        dropped++;
        all.drop(first);
    }
}
