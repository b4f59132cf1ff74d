package dev.cloudobjects.link;

import dev.cloudobjects.time.NanoClock;
import java.time.Duration;

/**
 * When the client of a link was last heard and pinged, and since when its deadlines run. Written by many threads; a lost
 * race costs one ping at most.
 */
public final class Heartbeat {

    private final NanoClock clock;
    private final long started;
    private volatile long heard;
    private volatile long pinged;
    private volatile long closing;
    private volatile long unfinished;

    Heartbeat(NanoClock clock) {
        this.clock = clock;
        this.started = clock.nanos();
        this.heard = started;
    }

    /** The client gave a sign of life. */
    public void heard() {
        heard = clock.nanos();
        pinged = 0;
    }

    /** Whether the client has been silent for so long that it is pinged now; true once per silence. */
    public boolean pingDue(Duration interval) {
        if (pinged != 0 || clock.nanos() - heard < interval.toNanos()) {
            return false;
        }
        pinged = clock.nanos();
        return true;
    }

    /** Whether a ping has had no answer for longer than this. */
    public boolean lost(Duration timeout) {
        long at = pinged;
        return at != 0 && clock.nanos() - at > timeout.toNanos();
    }

    /** The server has decided to close the link. */
    public void closing() {
        closing = clock.nanos();
    }

    /** Whether the server decided to close the link longer ago than this. */
    public boolean closingFor(Duration timeout) {
        long since = closing;
        return since != 0 && clock.nanos() - since > timeout.toNanos();
    }

    /** Whether a message has begun and is not complete. Called by the thread that reads the socket. */
    public void reading(boolean incomplete) {
        if (!incomplete) {
            unfinished = 0;
        } else if (unfinished == 0) {
            unfinished = clock.nanos();
        }
    }

    /** Whether a message began longer ago than this and is not complete. */
    public boolean unfinishedFor(Duration timeout) {
        long began = unfinished;
        return began != 0 && clock.nanos() - began > timeout.toNanos();
    }

    /** Whether the link was opened longer ago than this. */
    public boolean olderThan(Duration age) {
        return clock.nanos() - started > age.toNanos();
    }
}
