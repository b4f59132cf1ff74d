package dev.cloudobjects.session;

import dev.cloudobjects.time.NanoClock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told that come back to a session which the server has closed meanwhile. Each is kept as long as the session
 * could have been resumed; the oldest go when there are too many. Safe for use by many threads.
 */
final class Farewells {

    private final ResumeLimits limits;
    private final NanoClock clock;
    private final Map<String, Kept> byCid = new HashMap<>();
    private final Queue<Kept> inOrder = new ArrayDeque<>();

    Farewells(ResumeLimits limits, NanoClock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    private record Kept(String cid, Resumption resumption, Farewell farewell, long since) {}

    /** A session was closed that was away, or about to be. */
    synchronized void add(Session session, Farewell farewell) {
        Resumption resumption = session.resumption();
        if (resumption != null) {
            removeOld(limits.sessions() - 1);
            Kept kept = new Kept(session.cid(), resumption, farewell, clock.nanos());
            byCid.put(kept.cid(), kept);
            inOrder.add(kept);
        }
    }

    /** What the client of a cid is told that shows this secret; {@code null} for nothing. */
    synchronized @Nullable Farewell find(String cid, String secret) {
        removeOld(limits.sessions());
        Kept kept = byCid.get(cid);
        return kept != null && kept.resumption().isSecret(secret) ? kept.farewell() : null;
    }

    /** @param most how many stay */
    private void removeOld(int most) {
        long now = clock.nanos();
        Kept oldest = inOrder.peek();
        while (oldest != null
                && (inOrder.size() > most
                        || now - oldest.since() > limits.window().toNanos())) {
            inOrder.remove();
            byCid.remove(oldest.cid());
            oldest = inOrder.peek();
        }
    }
}
