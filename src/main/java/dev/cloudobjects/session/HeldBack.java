package dev.cloudobjects.session;

import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Placement;
import dev.cloudobjects.link.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one session that are held back because another one of their key left a moment ago, and when the next one of
 * each key may leave. What is beyond the limits is not held back.
 *
 * <p>Safe for use by many threads. The monitor is held while a message is given to log and queue, so that an older one of a key
 * can't follow a newer one.
 */
final class HeldBack {

    private final SendLimits limits;
    private final SentLogs memory;
    private final BooleanSupplier lives;
    private final Map<String, Rate> rates = new HashMap<>();
    private long bytes;
    private boolean ended;

    /**
     * Nothing yet.
     *
     * @param lives whether the session takes messages: of one that does not any more nothing is held back, because nothing would
     *     send it
     */
    HeldBack(SendLimits limits, SentLogs memory, BooleanSupplier lives) {
        this.limits = limits;
        this.memory = memory;
        this.lives = lives;
    }

    /** One key. */
    private static final class Rate {
        private long next;
        private long interval;
        private @Nullable Slot held;
    }

    /**
     * Places a message, or holds it back because one of its key left a moment ago.
     *
     * @param place queues it; called under the monitor
     */
    synchronized Placement offer(String key, long interval, Slot slot, long now, Function<Slot, Placement> place) {
        if (ended) {
            return Placement.none(slot, Link.Offer.SHUT);
        }
        Rate rate = rates.get(key);
        if (rate != null && now < rate.next && lives.getAsBoolean() && hasRoom(rate, slot)) {
            Slot before = take(rate);
            rate.held = slot;
            rate.interval = interval;
            bytes += slot.message().size();
            memory.keep(slot.message());
            return Placement.held(slot, before);
        }
        if (rate == null && rates.size() < limits.rateKeys()) {
            rate = new Rate();
            rates.put(key, rate);
        }
        Slot before = rate == null ? null : take(rate);
        if (rate != null) {
            rate.next = now + interval;
        }
        return place.apply(slot).andReplaced(before);
    }

    private boolean hasRoom(Rate rate, Slot slot) {
        int freed = rate.held == null ? 0 : rate.held.message().size();
        int size = slot.message().size();
        return bytes - freed + size <= limits.heldBytes() && memory.hasRoom(size);
    }

    private @Nullable Slot take(Rate rate) {
        Slot held = rate.held;
        if (held != null) {
            bytes -= held.message().size();
            memory.drop(held.message());
            rate.held = null;
        }
        return held;
    }

    /** Places what has been held back for long enough, and forgets the keys that are free again. */
    synchronized List<Placement> release(long now, Function<Slot, Placement> place) {
        List<Placement> placed = new ArrayList<>();
        Iterator<Rate> all = rates.values().iterator();
        while (all.hasNext()) {
            Rate rate = all.next();
            if (now >= rate.next) {
                Slot held = take(rate);
                if (held == null) {
                    all.remove();
                } else {
                    rate.next = now + rate.interval;
                    placed.add(place.apply(held));
                }
            }
        }
        return placed;
    }

    /** Places all that is held back: the session is about to be closed in good order, and takes no more messages. */
    synchronized List<Placement> flush(Function<Slot, Placement> place) {
        return takeAll().stream().map(place).toList();
    }

    /** Forgets what is held back: it was meant for another user. */
    synchronized List<Slot> forget() {
        return takeAll();
    }

    private List<Slot> takeAll() {
        List<Slot> all = new ArrayList<>();
        for (Rate rate : rates.values()) {
            Slot held = take(rate);
            if (held != null) {
                all.add(held);
            }
        }
        return all;
    }

    /** The session has ended. */
    synchronized void end() {
        ended = true;
        takeAll();
        rates.clear();
    }
}
