package dev.cloudobjects.link;

import dev.cloudobjects.link.Link.Offer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the message of a slot, and of those that made way for it.
 *
 * @param slot the slot that was offered. Where its message took the place of an older one, the older one is in it now
 * @param offer whether the message waits
 * @param place the slot that the message waits in; {@code null} when it does not wait in a queue
 * @param replaced the slots of those that it replaced
 * @param dropped the slots of those that were dropped to make room for it
 */
public record Placement(Slot slot, Offer offer, @Nullable Slot place, List<Slot> replaced, List<Slot> dropped) {

    /** It waits behind all others. */
    public static Placement added(Slot slot) {
        return added(slot, List.of());
    }

    /** It waits behind all others. @param dropped those that were dropped to make room for it */
    public static Placement added(Slot slot, List<Slot> dropped) {
        return new Placement(slot, Offer.QUEUED, slot, List.of(), dropped);
    }

    /** It has taken the place of an older message, which is in the slot that was offered now. */
    public static Placement replaced(Slot slot, Slot place) {
        return new Placement(slot, Offer.QUEUED, place, List.of(slot), List.of());
    }

    /** It does not wait. */
    public static Placement none(Slot slot, Offer offer) {
        return new Placement(slot, offer, null, List.of(), List.of());
    }

    /** It is held back, and waits in no queue yet. @param replaced the one that was held back before it */
    public static Placement held(Slot slot, @Nullable Slot replaced) {
        return new Placement(slot, Offer.QUEUED, null, listOf(replaced), List.of());
    }

    /** The same, and this one, which was held back, was replaced too. */
    public Placement andReplaced(@Nullable Slot held) {
        if (held == null) {
            return this;
        }
        List<Slot> all = replaced.isEmpty() ? List.of(held) : List.of(held, replaced.get(0));
        return new Placement(slot, offer, place, all, dropped);
    }

    /** The same, and these were dropped too. */
    public Placement andDropped(List<Slot> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Slot> all = new ArrayList<>(more);
        all.addAll(dropped);
        return new Placement(slot, offer, place, replaced, all);
    }

    /** Whether it waits behind all others. */
    public boolean isAdded() {
        return slot.equals(place);
    }

    private static List<Slot> listOf(@Nullable Slot slot) {
        return slot == null ? List.of() : List.of(slot);
    }
}
