package dev.cloudobjects.log;

import dev.cloudobjects.limit.Network;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits the log lines that one client address can cause per minute. Further lines are counted, and one summary line
 * reports the count, so a client can't flood the log. The audit log is counted separately. Safe for use by many threads.
 */
public final class LineLimit {

    /** A message with a stack trace, about 50 lines of output, counts as this many lines. */
    static final int COST_OF_TRACE = 10;

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_ADDRESSES = 10_000;
    private static final String OTHERS = "other addresses";

    /** Static, because log messages are enum constants, which can't have injected fields. */
    private static volatile LineLimit active = new LineLimit(0, () -> 0);

    private final int perMinute;
    private final LongSupplier nanos;
    // Guarded by itself. Ordered by the end of the windows.
    private final Map<Key, Window> windows = new LinkedHashMap<>();

    /**
     * Creates a limit. It has no effect before {@link #install}.
     *
     * @param perMinute lines per address and minute; 0 for no limit
     * @param nanos a monotonic clock, in nanoseconds
     */
    public LineLimit(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** Makes this the limit of all log messages of the application. */
    public static void install(LineLimit limit) {
        active = limit;
    }

    /** The installed limit. */
    static LineLimit active() {
    return active;
    }

    private record Key(boolean audit, String network) {}

    /** The current minute of an address. */
    private static final class Window {
        private final long end;
        private int used;
        private final Map<String, Integer> suppressed = new TreeMap<>();

        Window(long end) {
            this.end = end;
        }
    }

    private record Summary(Key key, Map<String, Integer> suppressed) {

        void write() {
            int count = suppressed.values().stream().mapToInt(Integer::intValue).sum();
            if (count == 0) {
                return;
            }
            if (key.audit()) {
                Audit.REFUSED_MORE.write(
                        new Audit.Actor(null, key.network(), null, null), "", count + " lines within a minute");
            } else {
                String each = suppressed.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
                Log.LINES_LEFT_OUT.log(count, key.network(), each);
            }
        }
    }

    /**
     * Whether a line may be written; counts it as written or as suppressed.
     *
     * @param address the client's address; {@code null} without a client, which is not limited
     * @param audit whether the line belongs to the audit log
     * @param id the id of the message
     * @param cost the number of lines that it counts as
     */
    boolean admits(@Nullable String address, boolean audit, String id, int cost) {
        if (perMinute == 0 || address == null) {
            return true;
        }
        Key key = new Key(audit, Network.of(address));
        List<Summary> ended;
        boolean admitted;
        synchronized (windows) {
            long now = nanos.getAsLong();
            ended = ended(now);
            Window window = window(key, now);
            admitted = window.used < perMinute;
            if (admitted) {
                window.used += cost;
            } else {
                window.suppressed.merge(id, 1, Integer::sum);
            }
        }
        ended.forEach(Summary::write);
        return admitted;
    }

    private Window window(Key key, long now) {
        Window known = windows.get(key);
        if (known != null) {
            return known;
        }
        Key counted = windows.size() < MAX_ADDRESSES ? key : new Key(key.audit(), OTHERS);
        return windows.computeIfAbsent(counted, same -> new Window(now + WINDOW));
    }

    /** Writes the summaries of the minutes that have ended; called a few times a second. */
    public void tick() {
    List<Summary> ended;
    synchronized (windows) {
    ended = ended(nanos.getAsLong());
    }
    ended.forEach(Summary::write);
    }

    private List<Summary> ended(long now) {
        List<Summary> ended = new ArrayList<>(0);
        Iterator<Map.Entry<Key, Window>> oldest = windows.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Key, Window> entry = oldest.next();
            if (now - entry.getValue().end < 0) {
                break;
            }
            oldest.remove();
            if (!entry.getValue().suppressed.isEmpty()) {
            ended.add(new Summary(entry.getKey(), entry.getValue().suppressed));
            }
        }
        return ended;
    }

    /** The number of addresses with a current minute. */
    int size() {
        synchronized (windows) {
            return windows.size();
        }
    }
}
