package dev.cloudobjects.session;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.presence.Changes;
import dev.cloudobjects.presence.Places;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who watch a place what has changed, several times a second, so that what passes in between costs nothing. One task at a
 * time, on a thread of the handlers, under no lock: so the changes of a place leave in their order.
 */
public final class PresencePublisher {

    /** The most changes of one frame: with their data it fits into a queue. */
    private static final int MOST_CHANGES = 50;

    /** So many changes of one place may wait for the application; those of later are dropped, and that is logged. */
    private static final int MOST_WAITING = 10_000;

    private final Places places;
    private final Registry registry;
    private final Deliveries deliveries;
    private final Function<PresenceChange, CompletionStage<?>> application;
    private final Executor executor;
    private final InstantSource time;
    private final AtomicBoolean publishing = new AtomicBoolean();
    private final ConcurrentMap<Place, Queue<PresenceChange>> waiting = new ConcurrentHashMap<>();

    /**
     * Publishes the changes of these places.
     *
     * @param application fires one change for the observers of the application; the stage ends when they have returned
     * @param executor threads that may run handlers
     */
    public PresencePublisher(
            Places places,
            Registry registry,
            Deliveries deliveries,
            Function<PresenceChange, CompletionStage<?>> application,
            Executor executor,
            InstantSource time) {
        this.places = places;
        this.registry = registry;
        this.deliveries = deliveries;
        this.application = application;
        this.executor = executor;
        this.time = time;
    }

    /** Starts a publication if something has changed and none is in progress; returns at once. */
    public void tick() {
        if (!places.hasChanges() || !publishing.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::publish);
        } catch (RuntimeException | Error e) {
            // The changes are still there: the next tick tries again.
            publishing.set(false);
            throw e;
        }
    }

    private void publish() {
        try {
            long now = time.millis();
            for (Optional<Changes> next = places.next(now); next != null; next = places.next(now)) {
                next.ifPresent(this::publish);
            }
        } finally {
            publishing.set(false);
        }
    }

    private void publish(Changes changes) {
        List<PresenceChange> all = changes.changes();
        for (int from = 0; !changes.watchers().isEmpty() && from < all.size(); from += MOST_CHANGES) {
            List<PresenceChange> some = all.subList(from, Math.min(all.size(), from + MOST_CHANGES));
            OutgoingMessage message =
                    new OutgoingMessage(new ServerFrame.Presence(changes.place(), changes.version(), some, false));
            for (String cid : changes.watchers()) {
                registry.find(cid).ifPresent(session -> deliveries.deliver(session, message));
            }
        }
        if (changes.observed()) {
            fire(changes);
        }
    }

    private void fire(Changes changes) {
        boolean[] begins = new boolean[1];
        waiting.compute(changes.place(), (place, queue) -> {
            begins[0] = queue == null;
            Queue<PresenceChange> to = queue == null ? new ArrayDeque<>() : queue;
            if (to.size() < MOST_WAITING) {
                to.addAll(changes.changes());
            } else {
                Log.PRESENCE_DROPPED.log(changes.changes().size(), place);
            }
            return to;
        });
        if (begins[0]) {
            fireNext(changes.place());
        }
    }

    /** One after another, because observers see the changes of a place in their order. */
    private void fireNext(Place place) {
        PresenceChange next = poll(place);
        if (next != null) {
            application.apply(next).whenCompleteAsync(
                    (done, failure) -> {
                        if (failure != null) {
                            Log.PRESENCE_OBSERVER_FAILED.log(failure, place, failure);
                        }
                        fireNext(place);
                    },
                    executor);
        }
    }

    private @Nullable PresenceChange poll(Place place) {
        PresenceChange[] next = new PresenceChange[1];
        waiting.compute(place, (same, queue) -> {
            next[0] = queue == null ? null : queue.poll();
            return next[0] == null ? null : queue;
        });
        return next[0];
    }
}
