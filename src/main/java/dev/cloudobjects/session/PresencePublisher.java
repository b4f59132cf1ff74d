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
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who watch a place what has changed, several times a second, so that what passes in between costs nothing. One task at a
 * time, on a thread of the handlers, under no lock: so the changes of a place leave in their order.
 *
 * <p>What fails for one place, one watcher or one change is logged and does not stop the others. A watcher that can't be told is
 * closed, because its client could not know that something is missing.
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
    private final ConcurrentMap<Place, Deque<PresenceChange>> waiting = new ConcurrentHashMap<>();
    /** The places whose next change found no thread: the next tick fires it. */
    private final Set<Place> paused = ConcurrentHashMap.newKeySet();

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

    /** Starts a publication if there is something to publish and none is in progress; returns at once. */
    public void tick() {
        if ((!places.hasChanges() && paused.isEmpty()) || !publishing.compareAndSet(false, true)) {
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
            for (Place place : List.copyOf(paused)) {
                paused.remove(place);
                fireNext(place);
            }
            places.take(
                    time.millis(), this::publish, (place, failure) -> Log.PRESENCE_DELAYED.log(failure, place, failure));
        } finally {
            publishing.set(false);
        }
    }

    private void publish(Changes changes) {
        tell(changes);
        if (changes.observed()) {
            fire(changes);
        }
    }

    private void tell(Changes changes) {
        List<PresenceChange> all = changes.changes();
        Set<String> untold = new HashSet<>();
        Throwable why = null;
        for (int from = 0; !changes.watchers().isEmpty() && from < all.size(); from += MOST_CHANGES) {
            List<PresenceChange> some = all.subList(from, Math.min(all.size(), from + MOST_CHANGES));
            OutgoingMessage message =
                    new OutgoingMessage(new ServerFrame.Presence(changes.place(), changes.version(), some, false));
            for (String cid : changes.watchers()) {
                Throwable failure = tell(cid, message);
                if (failure != null) {
                    untold.add(cid);
                    why = failure;
                }
            }
        }
        if (why != null) {
            Log.PRESENCE_UNTOLD.log(why, untold.size(), changes.place(), why);
        }
    }

    /** What went wrong; {@code null} for nothing. Others are told all the same. */
    private @Nullable Throwable tell(String cid, OutgoingMessage message) {
        Session session = registry.find(cid).orElse(null);
        if (session == null) {
            return null;
        }
        try {
            deliveries.deliver(session, message);
            return null;
        } catch (RuntimeException | Error e) {
            try {
                // Without this change its client would show for good what is not so.
                deliveries.failed(session);
            } catch (RuntimeException | Error again) {
                e.addSuppressed(again);
            }
            return e;
        }
    }

    private void fire(Changes changes) {
        boolean[] begins = new boolean[1];
        waiting.compute(changes.place(), (place, queue) -> {
            begins[0] = queue == null;
            Deque<PresenceChange> to = queue == null ? new ArrayDeque<>() : queue;
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
        int unfired = 0;
        Throwable why = null;
        for (PresenceChange next = poll(place); next != null; next = poll(place)) {
            Throwable failure = fire(place, next);
            if (failure == null) {
                break;
            }
            unfired++;
            why = failure;
        }
        if (why != null) {
            Log.PRESENCE_UNFIRED.log(why, unfired, place, why);
        }
    }

    /** Why a change can't be fired; {@code null} where it is, or is kept for the next tick. Then the next one follows by itself. */
    private @Nullable Throwable fire(Place place, PresenceChange change) {
        try {
            application.apply(change).whenComplete((done, failure) -> fired(place, failure));
            return null;
        } catch (RejectedExecutionException e) {
            putBack(place, change);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private void fired(Place place, @Nullable Throwable failure) {
        if (failure != null) {
            Log.PRESENCE_OBSERVER_FAILED.log(failure, place, failure);
        }
        try {
            executor.execute(() -> fireNext(place));
        } catch (RuntimeException | Error e) {
            paused.add(place);
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

    private void putBack(Place place, PresenceChange change) {
        waiting.computeIfPresent(place, (same, queue) -> {
            queue.addFirst(change);
            return queue;
        });
        paused.add(place);
    }
}
