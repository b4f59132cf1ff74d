package dev.cloudobjects.session;

import java.time.Duration;

/** When a connection was last heard and pinged, and what has yet to come of it. Written by many threads; a lost race costs one ping at most. */
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

    /** Whether it has been silent for so long that it should be pinged now; says so once per silence. */
    boolean pingDue(Duration interval) {
        if (pinged != 0 || clock.nanos() - heard < interval.toNanos()) {
            return false;
        }
        pinged = clock.nanos();
        return true;
    }

    /** Whether a ping went unanswered for so long. */
    boolean lost(Duration timeout) {
        long at = pinged;
        return at != 0 && clock.nanos() - at > timeout.toNanos();
    }

    /** It was told to close. */
    void closing() {
        closing = clock.nanos();
    }

    /** Whether it was told to close longer ago than this. */
    boolean closingFor(Duration timeout) {
        return closing != 0 && clock.nanos() - closing > timeout.toNanos();
    }

    /** Whether a message has begun and is yet to be complete. Called by the one thread that reads. */
    public void reading(boolean incomplete) {
        if (!incomplete) {
            unfinished = 0;
        } else if (unfinished == 0) {
            unfinished = clock.nanos();
        }
    }

    /** Whether a message began longer ago than this, and is yet to be complete. */
    boolean unfinishedFor(Duration timeout) {
        long began = unfinished;
        return began != 0 && clock.nanos() - began > timeout.toNanos();
    }

    /** Whether it was opened longer ago than this. */
    boolean olderThan(Duration age) {
        return clock.nanos() - started > age.toNanos();
    }
}
