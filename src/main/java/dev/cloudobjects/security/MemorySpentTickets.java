package dev.cloudobjects.security;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps used tickets in the memory of one node. What an earlier start of the node took is forgotten, so tickets from
 * before this start are refused.
 */
public final class MemorySpentTickets implements SpentTickets {

    /** A thread that read the time and then was held up must still meet the ticket it takes. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Map<String, Instant> spent = new ConcurrentHashMap<>();
    private final Instant started;
    private final AtomicReference<Instant> lastPurge;

    /** A memory that begins now. */
    public MemorySpentTickets(Instant started) {
        // Tickets carry whole seconds.
        this.started = started.truncatedTo(ChronoUnit.SECONDS);
        this.lastPurge = new AtomicReference<>(started);
    }

    @Override
    public boolean spend(String nonce, Instant issued, Instant expires, Instant now) {
        purge(now);
        return !issued.isBefore(started) && spent.putIfAbsent(nonce, expires) == null;
    }

    private void purge(Instant now) {
        Instant last = Objects.requireNonNull(lastPurge.get());
        if (now.isAfter(last.plusSeconds(1)) && lastPurge.compareAndSet(last, now)) {
            Instant forgotten = now.minus(SLACK);
            spent.values().removeIf(forgotten::isAfter);
        }
    }

    /** How many are kept. */
    int size() {
        return spent.size();
    }
}
