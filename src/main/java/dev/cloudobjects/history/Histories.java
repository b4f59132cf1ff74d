package dev.cloudobjects.history;

import dev.cloudobjects.api.History;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.time.NanoClock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The histories of the groups of this node. Where more is kept than may be, the histories go first whose groups have been sent
 * nothing for the longest time.
 *
 * <p>Safe for use by many threads.
 */
public final class Histories {

    private record Key(String path, String group) {}

    private final HistoryLimits limits;
    private final NanoClock clock;
    private final Supplier<String> epochs;
    private final Map<Key, GroupHistory> histories = new ConcurrentHashMap<>();
    /** In the order of their last messages. Guarded by itself. */
    private final Set<GroupHistory> order = new LinkedHashSet<>();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();

    /**
     * No history yet.
     *
     * @param epochs makes the epochs, each another text
     */
    public Histories(HistoryLimits limits, NanoClock clock, Supplier<String> epochs) {
        this.limits = limits;
        this.clock = clock;
        this.epochs = epochs;
    }

    /**
     * Has the messages of a group kept from now on, or within other bounds.
     *
     * @return the history, if it begins now; {@code null} when there was one
     */
    public @Nullable GroupHistory keep(String path, String group, History bounds) {
        Key key = new Key(path, group);
        GroupHistory known = histories.get(key);
        if (known == null) {
            GroupHistory made = new GroupHistory(this, path, group, epochs.get(), bounds);
            known = histories.putIfAbsent(key, made);
            if (known == null) {
                used(made);
                return made;
            }
        }
        known.bounds(bounds);
        return null;
    }

    /** Drops the history of a group; does nothing when it has none. */
    public void forget(String path, String group) {
        GroupHistory known = histories.remove(new Key(path, group));
        if (known != null) {
            known.remove();
            synchronized (order) {
                order.remove(known);
            }
        }
    }

    /** The history of a group; {@code null} when it has none. */
    public @Nullable GroupHistory find(String path, String group) {
        return histories.isEmpty() ? null : histories.get(new Key(path, group));
    }

    /** The history that a message for a target belongs to: that of the one group which is the target; {@code null} for none. */
    public @Nullable GroupHistory find(Target to, Collection<String> paths) {
        if (histories.isEmpty()) {
            return null;
        }
        Set<String> groups = to.groups();
        if (groups == null || groups.size() != 1 || paths.size() != 1) {
            return null;
        }
        boolean isGroup = to.cids() == null
                && to.users() == null
                && to.devices() == null
                && to.appids() == null
                && to.channels() == null;
        return isGroup ? find(paths.iterator().next(), groups.iterator().next()) : null;
    }

    /**
     * Drops what is too old, and the histories of groups that nobody has been in for too long. Called by one thread, which holds no lock.
     *
     * @param hasMembers whether anybody is in a group, by path and name
     */
    public void check(BiPredicate<String, String> hasMembers) {
        for (GroupHistory one : histories.values()) {
            if (one.check(hasMembers.test(one.path(), one.group()))) {
                forget(one.path(), one.group());
            }
        }
    }

    /** The bytes that are kept now. */
    public long bytes() {
        return used.get();
    }

    /** How many messages are kept now. */
    public long messages() {
        return messages.get();
    }

    /** How many groups have a history. */
    public int size() {
        return histories.size();
    }

    HistoryLimits limits() {
        return limits;
    }

    long now() {
        return clock.nanos();
    }

    /** So many messages more are kept, or fewer, with so many bytes. */
    void count(int more, int bytes) {
        messages.addAndGet(more);
        used.addAndGet(bytes);
    }

    /** A history was used. Makes room where there are too many, or they keep too much. Called without the lock of any of them. */
    void used(GroupHistory history) {
        synchronized (order) {
            order.remove(history);
            if (histories.get(new Key(history.path(), history.group())) == history) {
                order.add(history);
            }
        }
        if (histories.size() > limits.groups()) {
            GroupHistory oldest = inOrder().get(0);
            forget(oldest.path(), oldest.group());
        }
        if (used.get() > limits.totalBytes()) {
            for (GroupHistory one : inOrder()) {
                if (used.get() <= limits.totalBytes()) {
                    return;
                }
                one.clear();
            }
        }
    }

    private List<GroupHistory> inOrder() {
        synchronized (order) {
            return List.copyOf(order);
        }
    }
}
