package dev.cloudobjects.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Stores used tickets in memory. Safe for use by many threads. */
public final class MemorySpentTickets implements SpentTickets {

    /** Extra time before a used ticket is removed: a delayed thread may use a time that it has read earlier. */
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

    /** The number of stored tickets. */
    int size() {
        return spent.size();
    }
}
