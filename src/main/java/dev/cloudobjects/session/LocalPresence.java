package dev.cloudobjects.session;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.presence.Appearance;
import dev.cloudobjects.presence.PlaceState;
import dev.cloudobjects.presence.Places;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.reach.Presences;
import dev.cloudobjects.reach.Scope;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who is present among the connections of this node, and who watches that. Safe for use by many threads; called under no session's monitor. */
@UnproxiedSingleton
public final class LocalPresence implements Presences {

    /** The most members that a client gets at once: with their data they fit into its queue. */
    private static final int MOST_MEMBERS = 100;

    private final Places places;
    private final Registry registry;
    private final Deliveries deliveries;
    private final AtomicLong dataNumber = new AtomicLong();

    /** The presence of these sessions. */
    @Inject
    public LocalPresence(Places places, Registry registry, Deliveries deliveries) {
        this.places = places;
        this.registry = registry;
        this.deliveries = deliveries;
    }

    @Override
    public int watch(Scope who, Place place) {
        int begun = 0;
        places.hold(place, state -> fill(state, place));
        try {
            for (Session session : registry.select(who.target(), who.paths())) {
                boolean begins;
                synchronized (session) {
                    // Its end is made under the monitor as well, so that no watcher is left behind.
                    begins = session.state().isAddressable() && places.watch(place, session.cid());
                }
                if (begins) {
                    begun++;
                    deliveries.tell(session, new ServerFrame.Presence(place, places.version(place), List.of(), false));
                }
            }
        } finally {
            places.release(place);
        }
        return begun;
    }

    private void fill(PlaceState state, Place place) {
        for (Session session : at(place)) {
            synchronized (session) {
                if (session.state().isOpen() && isAt(session, place)) {
                    Places.found(state, session.appearance());
                }
            }
        }
    }

    private Collection<Session> at(Place place) {
        String path = String.valueOf(place.path());
        return switch (place.kind()) {
            case GROUP -> registry.inGroup(path, place.name());
            case CHANNEL -> registry.onChannel(path, place.name());
            case USER -> registry.ofUser(path, place.name());
        };
    }

    /** Once more: it may have left since it was found in the index. */
    private static boolean isAt(Session session, Place place) {
        return switch (place.kind()) {
            case GROUP -> session.groups().contains(place.name());
            case CHANNEL -> true;
            case USER -> place.name().equals(session.uid());
        };
    }

    @Override
    public int unwatch(Scope who, Place place) {
        int ended = 0;
        for (Session session : registry.select(who.target(), who.paths())) {
            if (places.unwatch(place, session.cid())) {
                ended++;
                deliveries.tell(session, new ServerFrame.Presence(place, places.version(place), List.of(), true));
            }
        }
        return ended;
    }

    @Override
    public void observe(Place place) {
        places.hold(place, state -> fill(state, place));
        places.observe(place);
        places.release(place);
    }

    @Override
    public void unobserve(Place place) {
        places.unobserve(place);
    }

    @Override
    public void data(String cid, @Nullable JsonValue data) {
        registry.find(cid).ifPresent(session -> {
            synchronized (session) {
                session.own(data == null ? null : new Appearance.Own(data, dataNumber.incrementAndGet()));
                registry.changed(session);
            }
        });
    }

    @Override
    public int maxDataBytes() {
        return places.limits().dataBytes();
    }

    @Override
    public Here here(Place place, @Nullable String after, int limit) {
        Here known = places.page(place, after, limit);
        return known == null ? counted(place, after, limit) : known;
    }

    /** Of a place that nobody watches: counted once, from the index. */
    private Here counted(Place place, @Nullable String after, int limit) {
        PlaceState state = Places.unwatched(place);
        TreeMap<String, Session> sessions = new TreeMap<>();
        at(place).forEach(session -> sessions.put(session.cid(), session));
        sessions.values().forEach(session -> Places.found(state, session.appearance()));
        return Places.page(state, after, limit);
    }

    /** Answers a client that asks who is at a place: only one that watches it. */
    public void here(Session session, ClientFrame.Here frame) {
        Place asked = frame.place();
        Place place = asked.path() == null ? asked.at(session.route().path()) : asked;
        Here page = places.watches(place, session.cid())
                ? places.page(place, frame.after(), Math.min(frame.limit(), MOST_MEMBERS))
                : null;
        deliveries.tell(
                session,
                page == null
                        ? ServerFrame.Event.error(
                                Code.DENIED.value(), "place: this connection does not watch it", false, frame.id())
                        : new ServerFrame.Members(frame.id(), page));
    }
}
