package dev.cloudobjects.request;

import dev.cloudobjects.protocol.ServerFrame;
import java.util.function.Consumer;

/** The requests of one connection, both ways. Safe for use by many threads. */
public final class SessionRequests {

    private final OpenRequests all;
    private final AskedRequests asked;
    private final ServedRequests served;

    SessionRequests(OpenRequests all, Consumer<ServerFrame> send) {
        this.all = all;
        this.asked = new AskedRequests(this, all, send);
        this.served = new ServedRequests(this, all, send);
    }

    /** Those that the server made. */
    public AskedRequests asked() {
        return asked;
    }

    /** Those that the client made. */
    public ServedRequests served() {
        return served;
    }

    /**
     * Whether a frame of the client is one that the server asked for, by a request or by items for which it gave credit: each such
     * frame is admitted whatever the rate.
     */
    public boolean isDue() {
        return asked.isDue() || served.isDue();
    }

    /** The connection has ended: so does all that is open. Called once; it only queues work. */
    public void end() {
        asked.end();
        served.end();
        all.watch(this, false);
    }

    /** Something has begun or ended that has a deadline. Not called under the monitor of a part. */
    void changed() {
        boolean waits = asked.hasDeadlines() || served.hasDeadlines();
        all.watch(this, waits);
        if (!waits && (asked.hasDeadlines() || served.hasDeadlines())) {
            // It began in between.
            all.watch(this, true);
        }
    }

    void sweep(long now) {
        asked.sweep(now);
        served.sweep(now);
    }
}
