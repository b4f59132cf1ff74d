package dev.cloudobjects.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps used tickets in the memory of one process. */
public final class MemorySpentTickets implements SpentTickets {

    /** A thread that read the time and then was held up must still meet the ticket it takes. */
    private static final long SLACK = TimeUnit.MINUTES.toNanos(1);

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Long> spent = new ConcurrentHashMap<>();
    private final AtomicLong nextPurge = new AtomicLong(Long.MIN_VALUE);

    @Override
    public boolean spend(String nonce, long expires, long now) {
        purge(now);
        return spent.putIfAbsent(nonce, expires) == null;
    }

    private void purge(long now) {
        long due = nextPurge.get();
        if (now >= due && nextPurge.compareAndSet(due, now + PAUSE)) {
            spent.values().removeIf(expires -> expires < now - SLACK);
        }
    }

    /** How many are kept. */
    int size() {
        return spent.size();
    }
}
