package dev.cloudobjects.history;

import dev.cloudobjects.api.History;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.protocol.ServerFrame.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of one group, numbered 1, 2, 3 and so on within an epoch.
 *
 * <p>A message gets its position and is offered to all members in one step, under the lock of the group, so that each member
 * gets the positions in their order. So is a member told what it lacks: what follows it is live. The lock comes first in the
 * lock order: who holds it may take the monitor of a session, and nobody asks for it who holds one. Nothing is waited for under it.
 */
public final class GroupHistory {

    /** What one message costs besides its data: the objects around it. */
    private static final int OVERHEAD = 256;

    private final Histories all;
    private final String path;
    private final String group;
    private final String epoch;
    // Not a monitor: a broadcast is made under it, and a virtual thread that waits for a monitor may hold its carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private History bounds;
    private long head;
    private final AtomicLong bytes = new AtomicLong();
    private boolean removed;
    /** Since when nobody is in the group, by the clock for durations; 0 while somebody is. Used by one thread, the check. */
    private long emptySince;

    GroupHistory(Histories all, String path, String group, String epoch, History bounds) {
        this.all = all;
        this.path = path;
        this.group = group;
        this.epoch = epoch;
        this.bounds = bounds;
    }

    /** The path of the group's object. */
    public String path() {
        return path;
    }

    /** The group's name. */
    public String group() {
        return group;
    }

    /** Does something in one step for the group: no message gets a position meanwhile. */
    public void exclusively(Runnable step) {
        locked(() -> {
            step.run();
            return true;
        });
    }

    private <R> R locked(Supplier<R> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a message its position, keeps it, and has it sent, in one step.
     *
     * @param send offers the message to the members, and waits for nothing
     * @return what that returned
     */
    public <R> R append(Payload data, Target to, boolean encryptedOnly, Function<OutgoingMessage, R> send) {
        R result = locked(() -> {
            if (removed) {
                // It was dropped since it was found: a message as any other.
                return send.apply(new OutgoingMessage(new ServerFrame.Message(data)));
            }
            Position position = new Position(group, ++head, epoch);
            OutgoingMessage message = new OutgoingMessage(new ServerFrame.Message(data, position));
            add(new Kept(head, message, to, encryptedOnly, all.now(), data.size() + group.length() + OVERHEAD));
            return send.apply(message);
        });
        all.used(this);
        return result;
    }

    /** The position of the last message; 0 when there was none. Called within {@link #exclusively}. */
    public Position head() {
        return new Position(group, head, epoch);
    }

    /** Whether it is kept no longer. Called within {@link #exclusively}. */
    public boolean isRemoved() {
        return removed;
    }

    /**
     * What a member lacks. Called within {@link #exclusively}.
     *
     * @param since what the member has; {@code null} for nothing
     * @param mostMessages the most messages to give, at least 1
     * @param mostBytes the most bytes to give, but for the first message
     */
    public Missed after(@Nullable Position since, int mostMessages, int mostBytes) {
        expire();
        long from = 0;
        long first = kept.isEmpty() ? head + 1 : kept.getFirst().pos();
        ServerFrame.Gap gap = null;
        if (since != null && !since.epoch().equals(epoch)) {
            gap = ServerFrame.Gap.RESTARTED;
        } else if (since != null) {
            from = Math.min(since.pos(), head);
            gap = from + 1 < first ? ServerFrame.Gap.EXPIRED : null;
        }
        List<Kept> messages = new ArrayList<>();
        long size = 0;
        for (Kept one : kept) {
            if (one.pos() <= from) {
                continue;
            }
            size += one.bytes();
            if (!messages.isEmpty() && (messages.size() >= mostMessages || size > mostBytes)) {
                return new Missed(messages, epoch, messages.get(messages.size() - 1).pos(), true, gap);
            }
            messages.add(one);
        }
        return new Missed(messages, epoch, head, false, gap);
    }

    private void add(Kept message) {
        kept.addLast(message);
        count(1, message.bytes());
        expire();
    }

    /** Drops what is too old, or too much. */
    private void expire() {
        HistoryLimits limits = all.limits();
        Integer wanted = bounds.messages();
        int most = wanted == null ? limits.messages() : Math.min(wanted, limits.messages());
        Duration wantedAge = bounds.age();
        Duration age = wantedAge == null || wantedAge.compareTo(limits.age()) > 0 ? limits.age() : wantedAge;
        long oldest = all.now() - age.toNanos();
        while (!kept.isEmpty()
                && (kept.size() > most || bytes.get() > limits.bytes() || kept.getFirst().since() < oldest)) {
            count(-1, -kept.removeFirst().bytes());
        }
    }

    private void count(int more, int added) {
        bytes.addAndGet(added);
        all.count(more, added);
    }

    void bounds(History other) {
        exclusively(() -> {
            bounds = other;
            expire();
        });
    }

    /** Drops all messages, because there is no room for them; their positions are not used again. */
    void clear() {
        exclusively(this::dropAll);
    }

    /** Ends the history. */
    void remove() {
        exclusively(() -> {
            removed = true;
            dropAll();
        });
    }

    /** Drops what is too old. True when nobody has been in the group for too long. */
    boolean check(boolean hasMembers) {
        exclusively(this::expire);
        if (hasMembers) {
            emptySince = 0;
        } else if (emptySince == 0) {
            emptySince = all.now();
        }
        return !hasMembers && all.now() - emptySince >= all.limits().idle().toNanos();
    }

    private void dropAll() {
        while (!kept.isEmpty()) {
            count(-1, -kept.removeFirst().bytes());
        }
    }
}
