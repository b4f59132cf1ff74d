package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Link.Offer;
import dev.cloudobjects.link.Placement;
import dev.cloudobjects.link.Slot;
import dev.cloudobjects.link.Tracked;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.session.Deliveries.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends with a policy or a receipt: each gets a {@link Slot} of its own in log and queue. All other sends know nothing of this.
 * Safe for use by many threads.
 */
final class OptionSends {

    private final Deliveries deliveries;
    private final SessionFactory factory;
    private final Meters meters;

    OptionSends(Deliveries deliveries, SessionFactory factory, Meters meters) {
        this.deliveries = deliveries;
        this.factory = factory;
        this.meters = meters;
    }

    /** What became of a message, and how many older ones it made go. */
    record Sent(Delivery delivery, int replaced) {}

    /**
     * Queues a message as its policy says.
     *
     * @param receipt completed when the outcome is known; {@code null} where nobody asks
     */
    Sent send(Session session, Encoded message, ServerFrame frame, SendPolicy policy, @Nullable PendingReceipt receipt) {
        SendState state = state(session);
        if (state == null) {
            if (receipt != null) {
                receipt.ended();
            }
            return new Sent(Delivery.UNREACHABLE, 0);
        }
        PendingReceipt tracked = begin(session, state, receipt);
        Slot slot = new Slot(message, policy.key(), policy.droppable(), tracked);
        String key = policy.key();
        Placement placement = policy.isLimited() && key != null
                ? state.held()
                        .offer(key, policy.interval(), slot, factory.clock().nanos(), one -> place(session, one, inQueue(session, one, frame)))
                : place(session, slot, inQueue(session, slot, frame));
        if (placement.offer() == Offer.QUEUED) {
            meters.count(Meter.DELIVERIES_QUEUED);
        }
        return settle(session, placement);
    }

    private @Nullable SendState state(Session session) {
        SendState known = session.sendState();
        return known != null
                ? known
                : session.sendState(() -> new SendState(
                        this,
                        new HeldBack(factory.limits().sends(), factory.logs(), () -> session.state().isAddressable())));
    }

    /** The receipt, if it can wait; otherwise it has its outcome. */
    private @Nullable PendingReceipt begin(Session session, SendState state, @Nullable PendingReceipt receipt) {
        if (receipt == null) {
            return null;
        }
        if (receipt.isUntilAcknowledged() && session.resumption() == null) {
            receipt.fail(new CloudObjectException(
                    Code.NOT_CALLABLE,
                    "sendTracked: the client of connection " + session.cid()
                            + " does not confirm what it receives, as those of the SDK do; the message was sent without a receipt"));
            return null;
        }
        return factory.receipts().begin(receipt, state.receipts()) ? receipt : null;
    }

    /** Keeps and queues the message of a slot in one step. Called under the monitor of {@link HeldBack}, or none. */
    private Placement place(Session session, Slot slot, InQueue queue) {
        Resumption kept = session.resumption();
        if (kept == null) {
            return queue.place(session.link());
        }
        SentLog log = kept.log();
        synchronized (log) {
            if (log.isShut()) {
                return Placement.none(slot, Offer.SHUT);
            }
            PendingReceipt receipt = slot.tracked() instanceof PendingReceipt waits ? waits : null;
            Placement placement = place(session, log, slot, queue);
            Slot place = placement.place();
            if (place != null && receipt != null && receipt.isUntilAcknowledged()) {
                log.await(receipt, place);
                ask(session, kept);
            }
            return placement;
        }
    }

    private static Placement place(Session session, SentLog log, Slot slot, InQueue queue) {
        Link link = session.link();
        List<Slot> dropped = slot.droppable() && link != null ? makeRoom(log, link, slot) : List.of();
        Placement placement = queue.place(link);
        if (placement.offer() != Offer.SHUT) {
            log.follow(placement);
            return placement.andDropped(dropped);
        }
        // Nothing writes what the log has: the queue of a link that is lost is shut before anything else happens to it.
        return session.state().isAddressable() ? log.place(slot).andDropped(dropped) : placement;
    }

    /** The log drops what the client may lack, and then the session can't be resumed: the oldest that wait go instead. */
    private static List<Slot> makeRoom(SentLog log, Link link, Slot slot) {
        List<Slot> dropped = List.of();
        while (log.isFullFor(slot.message().size())) {
            Slot oldest = link.dropOldest();
            if (oldest == null) {
                break;
            }
            log.remove(oldest);
            dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
            dropped.add(oldest);
        }
        return dropped;
    }

    /** Queues the message of a slot. */
    @FunctionalInterface
    private interface InQueue {
        /** @param link {@code null} where the session has none */
        Placement place(@Nullable Link link);
    }

    /** @param frame what the message is; {@code null} where it was held back */
    private static InQueue inQueue(Session session, Slot slot, @Nullable ServerFrame frame) {
        return link -> SendTraces.place(session, link, slot, frame);
    }

    /** The client is asked for its count, behind the message. Called under the monitor of the log. */
    private void ask(Session session, Resumption kept) {
        Link link = session.link();
        if (link != null && kept.log().isAskDue(factory.clock().nanos())) {
            kept.codec().encode(new ServerFrame.Ping()).ifPresent(link::offer);
        }
    }

    /** Tells what became of a message and of those that made way. Called under no monitor, because sessions may end. */
    private Sent settle(Session session, Placement placement) {
        tell(placement.replaced(), Tracked::replaced);
        tell(placement.dropped(), Tracked::dropped);
        int gone = placement.replaced().size() + placement.dropped().size();
        for (int i = 0; i < placement.replaced().size(); i++) {
            meters.count(Meter.DELIVERIES_REPLACED);
        }
        for (int i = 0; i < placement.dropped().size(); i++) {
            meters.count(Meter.DELIVERIES_DROPPED);
        }
        Slot slot = placement.slot();
        switch (placement.offer()) {
            case QUEUED -> {
                // It was counted when it was sent, though it may have been held back since.
            }
            case FULL -> {
                meters.count(Meter.DELIVERIES_DROPPED);
                tell(List.of(slot), Tracked::dropped);
            }
            case SHUT -> {
                if (slot.tracked() instanceof PendingReceipt receipt) {
                    receipt.ended();
                }
            }
        }
        deliveries.offered(
                session, placement.offer() == Offer.FULL && slot.droppable() ? Offer.QUEUED : placement.offer());
        return new Sent(Deliveries.delivery(placement.offer()), gone);
    }

    static void tell(List<Slot> slots, Consumer<Tracked> what) {
        for (Slot slot : slots) {
            Tracked tracked = slot.tracked();
            if (tracked != null) {
                what.accept(tracked);
            }
        }
    }

    /**
     * Sends all that is held back for a session that is closing, whatever the limits of its queue say: it was promised, and is the
     * last of its key.
     */
    void flush(Session session, SendState state) {
        state.held()
                .flush(slot -> place(session, slot, link -> SendTraces.placeLast(session, link, slot)))
                .forEach(placement -> settle(session, placement));
    }

    /** Sends what was held back for long enough, and asks clients for their count that receipts wait for. */
    void tick(Session session, SendState state) {
        if (!session.state().isAddressable() || session.isLoginOver()) {
            return;
        }
        state.held()
                .release(factory.clock().nanos(), slot -> place(session, slot, inQueue(session, slot, null)))
                .forEach(placement -> settle(session, placement));
        Resumption kept = session.resumption();
        if (kept != null) {
            synchronized (kept.log()) {
                ask(session, kept);
            }
        }
    }
}
