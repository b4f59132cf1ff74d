package dev.cloudobjects.presence;

import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Here.Member;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.api.PresenceChange.Kind;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of one place that is watched, and what has changed about them since it was published. A page shows the members as they
 * were published, so that it and the changes that follow its version fit together, whatever happens in between.
 *
 * <p>Its monitor is a leaf: nothing is called under it.
 */
public final class PlaceState {

    private final Place place;
    final Set<String> watchers = ConcurrentHashMap.newKeySet(1);
    volatile boolean observed;
    /** How many are about to watch it. Guarded by the bin of the map that has it. */
    int holds;

    private final ReentrantLock filling = new ReentrantLock();
    private final NavigableMap<String, Map<String, Appearance>> members = new TreeMap<>();
    private final Map<String, String> memberOf = new HashMap<>();
    /** The members that may have changed, each as it was published; empty for who was not there. */
    private final Map<String, Optional<Member>> published = new LinkedHashMap<>();
    private long version;
    private boolean filled;
    /** Whether {@link Places} knows that something has changed. */
    private boolean listed;
    private boolean failing;

    PlaceState(Place place) {
        this.place = place;
    }

    /** The place. */
    public Place place() {
        return place;
    }

    /** A connection is there, as it says. @return whether it has to be listed among the places that have changed */
    synchronized boolean put(Appearance one, boolean quietly) {
        String member = one.member();
        String before = memberOf.get(one.cid());
        if (before != null && !before.equals(member)) {
            take(one.cid());
        }
        if (!quietly) {
            note(member);
        }
        memberOf.put(one.cid(), member);
        members.computeIfAbsent(member, name -> new HashMap<>(2)).put(one.cid(), one);
        return !quietly && list();
    }

    /** A connection is there no longer. @return as {@link #put} does */
    synchronized boolean remove(String cid) {
        take(cid);
        return list();
    }

    private boolean list() {
        boolean begins = !listed && !published.isEmpty();
        listed |= begins;
        return begins;
    }

    private void take(String cid) {
        String member = memberOf.remove(cid);
        if (member != null) {
            note(member);
            Map<String, Appearance> devices = members.get(member);
            if (devices != null && devices.remove(cid) != null && devices.isEmpty()) {
                members.remove(member);
            }
        }
    }

    private void note(String member) {
        if (!published.containsKey(member)) {
            published.put(member, Optional.ofNullable(now(member)));
        }
    }

    private @Nullable Member now(String member) {
        Map<String, Appearance> devices = members.get(member);
        if (devices == null) {
            return null;
        }
        boolean away = true;
        Appearance.Own own = null;
        for (Appearance device : devices.values()) {
            away &= device.away();
            Appearance.Own other = device.own();
            if (other != null && (own == null || other.number() > own.number())) {
                own = other;
            }
        }
        return new Member(member, away, own == null ? null : own.data());
    }

    /**
     * What has changed since the last time; {@code null} for nothing. Where it fails, all is as it was, and it is still listed.
     *
     * @param time now, in milliseconds since 1970
     */
    synchronized @Nullable Changes publish(long time) {
        List<PresenceChange> changes = new ArrayList<>();
        long next = version + 1;
        published.forEach((name, before) -> {
            Member after = now(name);
            kinds(before.orElse(null), after).forEach(kind -> {
                JsonValue data = after == null ? null : after.data();
                changes.add(new PresenceChange(place, name, kind, data, next, time));
            });
        });
        Changes made =
                changes.isEmpty() ? null : new Changes(place, next, changes, List.copyOf(watchers), observed);
        published.clear();
        listed = false;
        failing = false;
        if (made != null) {
            version = next;
        }
        return made;
    }

    /** A publication has failed. @return whether the one before did not */
    synchronized boolean fails() {
        boolean begins = !failing;
        failing = true;
        return begins;
    }

    private static List<Kind> kinds(@Nullable Member before, @Nullable Member after) {
        if (after == null) {
            return before == null ? List.of() : List.of(Kind.LEFT);
        }
        if (before == null) {
            return after.away() ? List.of(Kind.JOINED, Kind.AWAY) : List.of(Kind.JOINED);
        }
        if (before.away() != after.away()) {
            return List.of(after.away() ? Kind.AWAY : Kind.BACK);
        }
        return Objects.equals(before.data(), after.data()) ? List.of() : List.of(Kind.UPDATED);
    }

    /** A page of the members, as they were published last. @param limit the most members, at least 1 */
    synchronized Here page(@Nullable String after, int limit) {
        NavigableMap<String, Map<String, Appearance>> rest = after == null ? members : members.tailMap(after, false);
        NavigableSet<String> names = new TreeSet<>();
        rest.keySet().stream().limit(limit + 1L + published.size()).forEach(names::add);
        published.keySet().stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .forEach(names::add);
        List<Member> page = new ArrayList<>();
        for (String name : names) {
            Optional<Member> before = published.get(name);
            Member member = before == null ? now(name) : before.orElse(null);
            if (member != null && page.size() == limit) {
                return new Here(place, version, page, page.get(limit - 1).id());
            }
            if (member != null) {
                page.add(member);
            }
        }
        return new Here(place, version, page, null);
    }

    /** The version that was published last. */
    public synchronized long version() {
        return version;
    }

    synchronized boolean isFilled() {
        return filled;
    }

    /** Has it filled, unless it is. No monitor is held meanwhile: the filler takes those of sessions. */
    void fill(Consumer<PlaceState> filler) {
        filling.lock();
        try {
            if (!isFilled()) {
                filler.accept(this);
                synchronized (this) {
                    filled = true;
                }
            }
        } finally {
            filling.unlock();
        }
    }

    boolean isWanted() {
        return holds > 0 || observed || !watchers.isEmpty();
    }
}
