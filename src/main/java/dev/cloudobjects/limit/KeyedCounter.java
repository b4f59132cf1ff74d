package dev.cloudobjects.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters by name. A name whose counter is zero takes no memory. Safe for use by many threads. */
public final class KeyedCounter {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** Increments the counter of a name and returns the new value. */
    public int add(String name) {
        return counts.merge(name, 1, Integer::sum);
    }

    /** Decrements the counter of a name. */
    public void remove(String name) {
        counts.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The counter of a name. */
    public int of(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** The number of names with a counter above zero. */
    public int names() {
        return counts.size();
    }
}
