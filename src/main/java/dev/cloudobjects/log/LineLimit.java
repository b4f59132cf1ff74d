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
 * How many lines one address may cause in a minute. What is beyond is counted, and one line says how many there were: so
 * nobody pushes out of the log what others did. The audit log has a count of its own. Safe for use by many threads.
 */
public final class LineLimit {

    /** A stack trace is as long as some fifty lines; so many lines it counts for. */
    static final int COST_OF_TRACE = 10;

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_ADDRESSES = 10_000;
    private static final String OTHERS = "other addresses";

    /** Messages are logged by constants, which nothing can be injected into. */
    private static volatile LineLimit inForce = new LineLimit(0, () -> 0);

    private final int perMinute;
    private final LongSupplier nanos;
    // Guarded by itself. In the order in which the windows end.
    private final Map<Key, Window> windows = new LinkedHashMap<>();

    /**
     * A limit.
     *
     * @param perMinute lines of one address in a minute; 0 for no limit
     * @param nanos a clock that never jumps
     */
    public LineLimit(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** From now on this one counts. */
    public static void install(LineLimit limit) {
        inForce = limit;
    }

    /** The one that counts. */
    static LineLimit inForce() {
        return inForce;
    }

    private record Key(boolean audit, String network) {}

    /** A minute of an address. */
    private static final class Window {
        private final long end;
        private int used;
        private final Map<String, Integer> leftOut = new TreeMap<>();

        Window(long end) {
            this.end = end;
        }
    }

    private record Summary(Key key, Map<String, Integer> leftOut) {

        void write() {
            int count = leftOut.values().stream().mapToInt(Integer::intValue).sum();
            if (count == 0) {
                return;
            }
            if (key.audit()) {
                Audit.REFUSED_MORE.write(
                        new Audit.Actor(null, key.network(), null, null), "", count + " lines within a minute");
            } else {
                String each = leftOut.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
                Log.LINES_LEFT_OUT.log(count, key.network(), each);
            }
        }
    }

    /**
     * Whether a line may be written.
     *
     * @param address who causes it; {@code null} for the server, which may
     * @param audit whether it is one of the audit log
     * @param id the id of the message
     * @param cost for how many lines it counts
     */
    boolean admits(@Nullable String address, boolean audit, String id, int cost) {
        if (perMinute == 0 || address == null) {
            return true;
        }
        Key key = new Key(audit, Network.of(address));
        List<Summary> over;
        boolean admitted;
        synchronized (windows) {
            long now = nanos.getAsLong();
            over = ended(now);
            Window window = window(key, now);
            admitted = window.used < perMinute;
            if (admitted) {
                window.used += cost;
            } else {
                window.leftOut.merge(id, 1, Integer::sum);
            }
        }
        over.forEach(Summary::write);
        return admitted;
    }

    private Window window(Key key, long now) {
        Window known = windows.get(key);
        if (known != null) {
            return known;
        }
        Key counted = windows.size() < MOST_ADDRESSES ? key : new Key(key.audit(), OTHERS);
        return windows.computeIfAbsent(counted, same -> new Window(now + WINDOW));
    }

    /** Says what was left out in minutes that are over; called a few times a second. */
    public void tick() {
        List<Summary> over;
        synchronized (windows) {
            over = ended(nanos.getAsLong());
        }
        over.forEach(Summary::write);
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
            if (!entry.getValue().leftOut.isEmpty()) {
                ended.add(new Summary(entry.getKey(), entry.getValue().leftOut));
            }
        }
        return ended;
    }

    /** How many addresses are counted. */
    int size() {
        synchronized (windows) {
            return windows.size();
        }
    }
}
