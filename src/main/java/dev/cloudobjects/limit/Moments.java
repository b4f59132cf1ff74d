package dev.cloudobjects.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * When something last happened under each of many names, such as addresses. Remembers so many names at most, and forgets first
 * under which it happened the longest ago. Safe for use by many threads.
 */
public final class Moments {

    private final int most;
    private final LongSupplier nanos;
    // Guarded by itself. The first is the one that was noted the longest ago.
    private final Map<String, Long> moments = new LinkedHashMap<>();

    /**
     * No moment yet.
     *
     * @param most how many names are remembered
     * @param nanos a clock that never jumps
     */
    public Moments(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** It happens now. */
    public void note(String name) {
        synchronized (moments) {
            moments.remove(name);
            moments.put(name, nanos.getAsLong());
            if (moments.size() > most) {
                moments.remove(moments.keySet().iterator().next());
            }
        }
    }

    /** How many nanoseconds ago it last happened; empty when it never did, or was forgotten. */
    public OptionalLong ago(String name) {
        synchronized (moments) {
            Long moment = moments.get(name);
            return moment == null ? OptionalLong.empty() : OptionalLong.of(nanos.getAsLong() - moment);
        }
    }
}
