package dev.cloudobjects.session;

import dev.cloudobjects.link.Link.Offer;
import dev.cloudobjects.link.Placement;
import dev.cloudobjects.link.Slot;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to one client and is not known to have arrived: the frames that count, and how many there were before them.
 * The oldest are dropped when there are too many.
 *
 * <p>A frame that stands in a {@link Slot} and was never started to be written has a number that no client has seen. So it may
 * be replaced, or taken out as if it had never been sent.
 *
 * <p>Safe for use by many threads. Whoever sends keeps a frame and offers it to the link in one step, under the monitor of the
 * log, so that a client that comes back gets the frames in the order of the link.
 */
final class SentLog {

    private final ResumeLimits limits;
    private final SentLogs all;
    private final Deque<Queued> frames = new ArrayDeque<>(4);
    private @Nullable AwaitedReceipts awaited;
    private long dropped;
    private long bytes;
    private boolean shut;

    SentLog(ResumeLimits limits, SentLogs all) {
        this.limits = limits;
        this.all = all;
    }

    /** Keeps a frame behind all others; false when the log is shut. */
    synchronized boolean add(Queued frame) {
        if (shut) {
            return false;
        }
        frames.addLast(frame);
        Encoded message = frame.message();
        bytes += message.size();
        all.keep(message);
        dropTooMany();
        return true;
    }

    private void dropTooMany() {
        while (frames.size() > limits.messages() || bytes > limits.bytes()) {
            drop();
        }
    }

    synchronized boolean isShut() {
        return shut;
    }

    /** Whether an older frame would be dropped for one more of this size. */
    synchronized boolean isFullFor(int size) {
        return !frames.isEmpty() && (frames.size() >= limits.messages() || bytes + size > limits.bytes());
    }

    /** Does what was done in the queue of the link. */
    synchronized void follow(Placement placement) {
        placement.dropped().forEach(this::remove);
        Slot place = placement.place();
        if (placement.isAdded()) {
            add(placement.slot());
        } else if (place != null) {
            replaced(place, placement.slot());
        }
    }

    /** A frame that no client can have seen is not sent at all. */
    synchronized void remove(Slot slot) {
        long number = awaited == null ? 0 : number(slot);
        if (frames.removeFirstOccurrence(slot)) {
            bytes -= slot.message().size();
            all.drop(slot.message());
        } else {
            // It was dropped from the log, and waited in the queue only. Which of those that are not kept it was is not known.
            dropped--;
            number = dropped;
        }
        if (awaited != null) {
            awaited.removed(slot.tracked(), number);
        }
    }

    /** @param before the slot that has what was replaced */
    private void replaced(Slot place, Slot before) {
        if (frames.contains(place)) {
            bytes += place.message().size() - before.message().size();
            all.keep(place.message());
            all.drop(before.message());
            dropTooMany();
        }
        if (awaited != null) {
            awaited.forget(before.tracked());
        }
    }

    /** Keeps the message of a slot as its policy says, while the session has no link that could write. */
    synchronized Placement place(Slot slot) {
        Slot older = slot.key() == null ? null : findWaiting(slot.key());
        if (older != null) {
            older.swap(slot);
            replaced(older, slot);
            return Placement.replaced(slot, older);
        }
        List<Slot> out = List.of();
        int size = slot.message().size();
        if (slot.droppable() && (isFullFor(size) || size > limits.bytes())) {
            out = oldestFor(size);
            if (out.isEmpty()) {
                return Placement.none(slot, Offer.FULL);
            }
            out.forEach(this::remove);
        }
        add(slot);
        return Placement.added(slot, out);
    }

    private @Nullable Slot findWaiting(String key) {
        Iterator<Queued> newestFirst = frames.descendingIterator();
        while (newestFirst.hasNext()) {
            if (newestFirst.next() instanceof Slot slot && !slot.isStarted() && key.equals(slot.key())) {
                return slot;
            }
        }
        return null;
    }

    /** The oldest frames that may be dropped for one of this size; none when that makes no room. */
    private List<Slot> oldestFor(int size) {
        List<Slot> oldest = new ArrayList<>();
        long freed = 0;
        for (Queued frame : frames) {
            if (frame instanceof Slot slot && slot.droppable() && !slot.isStarted()) {
                oldest.add(slot);
                freed += slot.message().size();
                if (frames.size() - oldest.size() < limits.messages() && bytes - freed + size <= limits.bytes()) {
                    return oldest;
                }
            }
        }
        return List.of();
    }

    /** A receipt waits until the client has confirmed the frame in this place. */
    synchronized void await(PendingReceipt receipt, Slot place) {
        if (awaited == null) {
            awaited = new AwaitedReceipts();
        }
        awaited.add(receipt, number(place));
    }

    /** The number of a frame. One that is not kept has at most the number of all that are not. */
    private long number(Slot place) {
        if (place.equals(frames.peekLast())) {
            return sent();
        }
        long number = dropped;
        for (Queued frame : frames) {
            number++;
            if (place.equals(frame)) {
                return number;
            }
        }
        return dropped;
    }

    /** Whether receipts wait for the client's count, and it was not asked for it in this second; true once a second. */
    synchronized boolean isAskDue(long now) {
        return awaited != null && awaited.isAskDue(now);
    }

    /** How many frames were sent. */
    synchronized long sent() {
        return dropped + frames.size();
    }

    /** The client has so many frames: they are not kept any longer. False when so many were never sent. */
    synchronized boolean confirm(long received) {
        if (received > sent()) {
            return false;
        }
        while (dropped < received) {
            drop();
        }
        if (awaited != null) {
            awaited.confirmed(received);
        }
        return true;
    }

    /** The frames that a client lacks that has so many; {@code null} when not all of them are kept, or so many were never sent. */
    synchronized @Nullable List<Queued> after(long received) {
        return received >= dropped && confirm(received) ? List.copyOf(frames) : null;
    }

    /** Drops all frames: a client that has not got them can't have them any more. */
    synchronized void forget() {
        while (!frames.isEmpty()) {
            drop();
        }
    }

    /** Drops all frames, and keeps none from now on. */
    synchronized void shut() {
        shut = true;
        forget();
        awaited = null;
    }

    private void drop() {
        Encoded first = frames.removeFirst().message();
        bytes -= first.size();
        dropped++;
        all.drop(first);
    }
}
