package dev.cloudobjects.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts under names. A name whose count is back at zero is forgotten. Safe for use by many threads. */
public final class Tally {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more under a name, and tells how many that makes. */
    public int add(String name) {
        return counts.merge(name, 1, Integer::sum);
    }

    /** Counts one fewer under a name. */
    public void remove(String name) {
        counts.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are under a name. */
    public int of(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** How many names have a count. */
    public int names() {
        return counts.size();
    }
}
