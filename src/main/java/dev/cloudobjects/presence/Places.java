package dev.cloudobjects.presence;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places that somebody watches or observes. Of all others nothing is kept, and a change of a connection costs one look.
 *
 * <p>Safe for use by many threads. What a connection tells of itself comes in its order, under the monitor of its session; all returns at once.
 */
public final class Places {

    private final PresenceLimits limits;
    private final Map<Place, PlaceState> states = new ConcurrentHashMap<>();
    /** The places that each connection watches. */
    private final Map<String, Set<Place>> watched = new ConcurrentHashMap<>();
    private final Queue<PlaceState> changed = new ConcurrentLinkedQueue<>();

    /** No place yet. */
    public Places(PresenceLimits limits) {
        this.limits = limits;
    }

    /** The limits. */
    public PresenceLimits limits() {
        return limits;
    }

    /** Whether nobody watches anything: then nothing need be told. */
    public boolean isEmpty() {
        return states.isEmpty();
    }

    /** A connection is there, or has changed. */
    public void appears(Appearance one) {
        one.eachPlace(place -> {
            PlaceState state = states.get(place);
            if (state != null && state.put(one, false)) {
                changed.add(state);
            }
        });
    }

    /** A connection is there no longer. @param last how it was */
    public void vanishes(Appearance last) {
        last.eachPlace(place -> leaves(place, last.cid()));
    }

    /** A connection has left a place. */
    public void leaves(Place place, String cid) {
        PlaceState state = states.get(place);
        if (state != null && state.remove(cid)) {
            changed.add(state);
        }
    }

    /**
     * Keeps the members of a place until {@link #release}. Whoever is there at the first time is found by the filler.
     *
     * @param fill finds the connections that are there, and tells each by {@link #found} under the monitor of its session
     * @throws CloudObjectException with code 503 when too many places are watched
     */
    public PlaceState hold(Place place, Consumer<PlaceState> fill) {
        PlaceState state = states.compute(place, (same, known) -> {
            PlaceState held = known == null ? new PlaceState(same) : known;
            held.holds++;
            return held;
        });
        try {
            if (states.size() > limits.places()) {
                throw new CloudObjectException(
                        Code.UNAVAILABLE, "place: more than " + limits.places() + " places are watched");
            }
            // Whoever comes second waits for the first, which takes as long as a look at each member.
            state.fill(fill);
            return state;
        } catch (RuntimeException | Error e) {
            release(place);
            throw e;
        }
    }

    /** A connection was there before its place was watched. Called under the monitor of its session. */
    public static void found(PlaceState state, Appearance one) {
        state.put(one, true);
    }

    /** A place that is not kept: for one look at who is there. */
    public static PlaceState unwatched(Place place) {
        return new PlaceState(place);
    }

    /** A page of such a place. */
    public static Here page(PlaceState state, @Nullable String after, int limit) {
        return state.page(after, limit);
    }

    /** Takes a hold back. */
    public void release(Place place) {
        states.computeIfPresent(place, (same, state) -> {
            state.holds--;
            return state.isWanted() ? state : null;
        });
    }

    /** A connection watches a place that is held. False when it did already. @throws CloudObjectException with code 429 when it watches too many */
    public boolean watch(Place place, String cid) {
        Set<Place> own = watched.computeIfAbsent(cid, same -> ConcurrentHashMap.newKeySet(1));
        if (own.size() >= limits.perConnection() && !own.contains(place)) {
            throw new CloudObjectException(
                    Code.TOO_MANY, "place: a connection watches at most " + limits.perConnection() + " places");
        }
        PlaceState state = states.get(place);
        return state != null && own.add(place) && state.watchers.add(cid);
    }

    /** A connection watches a place no longer; false when it did not. */
    public boolean unwatch(Place place, String cid) {
        Set<Place> own = watched.get(cid);
        if (own == null || !own.remove(place)) {
            return false;
        }
        if (own.isEmpty()) {
            watched.remove(cid, own);
        }
        stop(place, cid);
        return true;
    }

    /** A connection has ended. */
    public void ended(String cid) {
        Set<Place> own = watched.isEmpty() ? null : watched.remove(cid);
        if (own != null) {
            own.forEach(place -> stop(place, cid));
        }
    }

    private void stop(Place place, String cid) {
        states.computeIfPresent(place, (same, state) -> {
            state.watchers.remove(cid);
            return state.isWanted() ? state : null;
        });
    }

    /** Whether a connection watches a place. */
    public boolean watches(Place place, String cid) {
        Set<Place> own = watched.get(cid);
        return own != null && own.contains(place);
    }

    /** The application observes a place that is held. */
    public void observe(Place place) {
        states.computeIfPresent(place, (same, state) -> {
            state.observed = true;
            return state;
        });
    }

    /** The application observes a place no longer. */
    public void unobserve(Place place) {
        states.computeIfPresent(place, (same, state) -> {
            state.observed = false;
            return state.isWanted() ? state : null;
        });
    }

    /** A page of the members of a place as they were published; {@code null} when it is not watched. */
    public @Nullable Here page(Place place, @Nullable String after, int limit) {
        PlaceState state = states.get(place);
        return state == null || !state.isFilled() ? null : state.page(after, limit);
    }

    /** The version of a place that was published last; 0 when it is not watched. */
    public long version(Place place) {
        PlaceState state = states.get(place);
        return state == null ? 0 : state.version();
    }

    /** Whether something has changed that is not published. */
    public boolean hasChanges() {
        return !changed.isEmpty();
    }

    /**
     * Takes what has changed, one place after another; called by one thread at a time. What can't be taken stays for the next
     * time.
     *
     * @param time now, in milliseconds since 1970
     * @param publish gets the changes of a place
     * @param failed told why those of a place can't be taken, once until they can
     */
    public void take(long time, Consumer<Changes> publish, BiConsumer<Place, Throwable> failed) {
        // Not until nothing is left: what fails is listed again.
        for (int left = changed.size(); left > 0; left--) {
            PlaceState state = changed.poll();
            Changes changes = state == null ? null : take(state, time, failed);
            if (changes != null) {
                publish.accept(changes);
            }
        }
    }

    private @Nullable Changes take(PlaceState state, long time, BiConsumer<Place, Throwable> failed) {
        try {
            return state.publish(time);
        } catch (RuntimeException | Error e) {
            if (states.get(state.place()) == state) {
                changed.add(state);
                if (state.fails()) {
                    failed.accept(state.place(), e);
                }
            }
            return null;
        }
    }

    /** How many places are watched or observed. */
    public int size() {
        return states.size();
    }
}
