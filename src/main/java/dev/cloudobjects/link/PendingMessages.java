package dev.cloudobjects.link;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.protocol.Encoded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one link that wait to be written, and the bytes of those that are being written. Both count in the
 * budget of all links. Its {@link OutboundQueue} guards it.
 */
final class PendingMessages {

    private final LinkLimits limits;
    private final QueueBudget budget;
    private final Deque<Encoded> queue = new ArrayDeque<>(2);
    private final Batches batches = new Batches();
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
        queue.addLast(message);
        return true;
    }

    /** Adds a message behind all others, whatever the limits say. */
    void addLast(Encoded message) {
        charge(message);
        queue.addLast(message);
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
            first = first == null ? queue.pollFirst() : first;
            all = first == null ? null : batches.take(first, queue);
            taken += before - queue.size();
        }
        if (all != null) {
            inFlight = size(all);
            bytes -= inFlight;
        }
        return all;
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

    /** What was being written takes no memory any more. */
    void writeEnded() {
        budget.giveBack(inFlight);
        inFlight = 0;
    }

    /** Drops what waits. */
    void clear() {
        budget.giveBack(bytes);
        bytes = 0;
        ahead = null;
        taken += queue.size();
        queue.clear();
    }
}
