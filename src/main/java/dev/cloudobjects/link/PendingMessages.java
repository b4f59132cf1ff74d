package dev.cloudobjects.link;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.Link.Offer;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one link that wait to be written, and the bytes of those that are being written. Both count in the
 * budget of all links. Its {@link OutboundQueue} guards it.
 */
final class PendingMessages {

    private final LinkLimits limits;
    private final QueueBudget budget;
    private final Deque<Queued> queue = new ArrayDeque<>(2);
    private final Batches batches = new Batches();
    private final Function<Queued, Encoded> starter = this::start;

    /** The slots with a key that wait, by their keys; {@code null} until there is one. */
    private @Nullable Map<String, Slot> byKey;

    /** Who is told when the write in progress has ended; {@code null} for nobody. */
    private @Nullable List<Tracked> tracked;

    private @Nullable Encoded ahead;
    private int bytes;
    private int inFlight;
    private long taken;

    PendingMessages(LinkLimits limits, QueueBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** From now on this makes several texts into one message. */
    void batch(Function<List<Encoded>, Encoded> joiner) {
        batches.by(joiner);
    }

    /** Adds a message behind all others; false when there is no room for it. */
    boolean add(Encoded message) {
        return add(message, message);
    }

    /** The same. @param queued what is queued: the message, or its slot */
    private boolean add(Encoded message, Queued queued) {
        int size = message.size();
        if (queue.isEmpty()) {
            // A client that is not behind gets its message, however much waits for others.
            budget.charge(size);
        } else if (queue.size() >= limits.queueMessages()
                || (long) bytes + size > limits.queueBytes()
                || !budget.take(size)) {
            return false;
        }
        bytes += size;
        append(queued);
        return true;
    }

    /** Adds a message behind all others, whatever the limits say. One that was being written on another link waits again. */
    void addLast(Queued message) {
        charge(message.message());
        append(message);
    }

    private void append(Queued message) {
        queue.addLast(message);
        if (message instanceof Slot slot) {
            slot.waits();
            String key = slot.key();
            if (key != null) {
                if (byKey == null) {
                    byKey = new HashMap<>();
                }
                byKey.put(key, slot);
            }
        }
    }

    /** Adds the message of a slot as its policy says: in the place of an older one, or behind all others. */
    Placement place(Slot slot) {
        Slot older = older(slot);
        if (older != null) {
            return replace(older, slot);
        }
        if (add(slot.message(), slot)) {
            return Placement.added(slot);
        }
        return slot.droppable() ? makeRoom(slot) : Placement.none(slot, Offer.FULL);
    }

    /** The same, whatever the limits say. */
    Placement placeLast(Slot slot) {
        Slot older = older(slot);
        if (older == null) {
            addLast(slot);
            return Placement.added(slot);
        }
        int more = slot.message().size() - older.message().size();
        budget.charge(more);
        return exchange(older, slot, more);
    }

    private @Nullable Slot older(Slot slot) {
        return byKey == null || slot.key() == null ? null : byKey.get(slot.key());
    }

    private Placement replace(Slot older, Slot newer) {
        int more = newer.message().size() - older.message().size();
        if (queue.size() == 1 || more <= 0) {
            budget.charge(more);
        } else if ((long) bytes + more > limits.queueBytes() || !budget.take(more)) {
            return Placement.none(newer, Offer.FULL);
        }
        return exchange(older, newer, more);
    }

    /** @param more the bytes that the newer one has more, which are charged */
    private Placement exchange(Slot older, Slot newer, int more) {
        bytes += more;
        older.swap(newer);
        return Placement.replaced(newer, older);
    }

    /** Drops the oldest messages that may be dropped, until there is room; none where that is not enough. */
    private Placement makeRoom(Slot slot) {
        int size = slot.message().size();
        List<Slot> oldest = new ArrayList<>();
        int freed = 0;
        for (Queued waiting : queue) {
            if (waiting instanceof Slot candidate && candidate.droppable()) {
                oldest.add(candidate);
                freed += candidate.message().size();
                if (hasRoom(oldest.size(), freed, size)) {
                    oldest.forEach(queue::remove);
                    bytes += size - freed;
                    append(slot);
                    return Placement.added(slot, oldest);
                }
            }
        }
        return Placement.none(slot, Offer.FULL);
    }

    /** Whether a message has room when so many messages and bytes go. If it has, it is charged in their place. */
    private boolean hasRoom(int messages, int freed, int size) {
        boolean alone = queue.size() == messages;
        if (!alone
                && (queue.size() - messages >= limits.queueMessages()
                        || (long) bytes - freed + size > limits.queueBytes())) {
            return false;
        }
        if (alone || size <= freed) {
            budget.charge(size - freed);
            return true;
        }
        return budget.take(size - freed);
    }

    /** Drops the oldest message that may be dropped; {@code null} where none waits. */
    @Nullable Slot dropOldest() {
        Iterator<Queued> all = queue.iterator();
        while (all.hasNext()) {
            if (all.next() instanceof Slot slot && slot.droppable()) {
                all.remove();
                bytes -= slot.message().size();
                budget.giveBack(slot.message().size());
                return slot;
            }
        }
        return null;
    }

    /** Adds a message before all that are queued, whatever the limits say. */
    void addFirst(Encoded message) {
        charge(message);
        queue.addFirst(message);
    }

    /** Sets the message that leaves before all others, also while the queue is held. */
    void setAhead(Encoded message) {
        charge(message);
        ahead = message;
    }

    private void charge(Encoded message) {
        bytes += message.size();
        budget.charge(message.size());
    }

    /** Whether a message leaves before all others. */
    boolean hasAhead() {
        return ahead != null;
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return ahead == null && queue.isEmpty();
    }

    /** How many messages are queued, without the one that leaves before all others. */
    int size() {
        return queue.size();
    }

    /** How many messages have left the queue, to be written or to be dropped. */
    long taken() {
        return taken;
    }

    /**
     * Takes what is written next, and counts it as in flight; {@code null} for nothing.
     *
     * @param onlyAhead whether only the message that leaves before all others may leave
     */
    @Nullable List<Encoded> take(boolean onlyAhead) {
        Encoded first = ahead;
        ahead = null;
        List<Encoded> all;
        if (onlyAhead) {
            all = first == null ? null : List.of(first);
        } else {
            int before = queue.size();
            if (first == null && before > 0) {
                first = start(queue.removeFirst());
            }
            all = first == null ? null : batches.take(first, queue, starter);
            taken += before - queue.size();
        }
        if (all != null) {
            inFlight = size(all);
            bytes -= inFlight;
        }
        return all;
    }

    /** A message leaves the queue to be written: nothing replaces it from now on. */
    private Encoded start(Queued queued) {
        if (queued instanceof Slot slot) {
            slot.start();
            forget(slot);
            Tracked receipt = slot.tracked();
            if (receipt != null) {
                if (tracked == null) {
                    tracked = new ArrayList<>();
                }
                tracked.add(receipt);
            }
        }
        return queued.message();
    }

    private void forget(Slot slot) {
        String key = slot.key();
        if (key != null && byKey != null) {
            byKey.remove(key, slot);
        }
    }

    private static int size(List<Encoded> all) {
        int size = 0;
        for (Encoded message : all) {
            size += message.size();
        }
        return size;
    }

    /** Messages that were taken together, as one. Called outside the monitor. */
    Encoded joined(List<Encoded> all) {
        return batches.joined(all);
    }

    /** What was being written takes no memory any more. Says who is told about it; {@code null} for nobody. */
    @Nullable List<Tracked> writeEnded() {
        budget.giveBack(inFlight);
        inFlight = 0;
        List<Tracked> told = tracked;
        tracked = null;
        return told;
    }

    /** Drops what waits. */
    void clear() {
        budget.giveBack(bytes);
        bytes = 0;
        ahead = null;
        taken += queue.size();
        queue.clear();
        byKey = null;
    }
}
