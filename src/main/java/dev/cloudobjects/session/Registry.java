package dev.cloudobjects.session;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.presence.Places;
import dev.cloudobjects.security.Caller;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node, found by cid, user, device, group, channel and url, so that a send costs its recipients and
 * not all sessions. A key without sessions is removed.
 *
 * <p>Searches take no lock and see a session as it is or was a moment ago. Changes of one session are made under its
 * monitor.
 */
@UnproxiedSingleton
public final class Registry {

    private record Key(String path, String name) {}

    private final Places places;
    private final Map<String, Session> tracked = new ConcurrentHashMap<>();
    private final Map<String, Session> open = new ConcurrentHashMap<>();
    private final Counts counts = new Counts();
    private final AwayOrder away = new AwayOrder();
    private final Index<Key> byUser = new Index<>();
    private final Index<Key> byDevice = new Index<>();
    private final Index<Key> byGroup = new Index<>();
    private final Index<Key> byChannel = new Index<>();
    private final Index<String> byPath = new Index<>();

    /** No session yet. @param places who is told what becomes of sessions */
    @Inject
    public Registry(Places places) {
        this.places = places;
    }

    /** Begins to track a session: from now on it is found by its cid. Tells how many there are with it. */
    Quotas.Count track(Session session) {
        tracked.put(session.cid(), session);
        return counts.add(session);
    }

    /** How many sessions there would be with one more of this caller. */
    Quotas.Count with(Caller caller) {
        return counts.with(caller);
    }

    /** A session has lost its link: it is found as before, but does not count for quotas. */
    void away(Session session) {
        counts.remove(session);
        away.add(session);
        changed(session);
    }

    /** A session has another link, and its caller is as that link's client says. */
    void back(Session session, Caller caller) {
        if (!away.remove(session)) {
            counts.remove(session);
        }
        session.caller(caller);
        counts.add(session);
        changed(session);
    }

    /** The sessions that are away. */
    AwayOrder awaySessions() {
        return away;
    }

    /** Adds an accepted session to the indexes. */
    void add(Session session) {
        open.put(session.cid(), session);
        eachKey(session, Index::add);
        changed(session);
    }

    /** Takes a session out of the indexes; {@link #tracked} still has it. */
    void remove(Session session) {
        if (open.remove(session.cid(), session)) {
            eachKey(session, Index::remove);
            if (!places.isEmpty()) {
                places.vanishes(session.appearance());
            }
        }
    }

    /** An open session is present in another way than before: called under its monitor. */
    void changed(Session session) {
        if (!places.isEmpty() && open.containsKey(session.cid())) {
            places.appears(session.appearance());
        }
    }

    /** Ends the tracking of a session. */
    void untrack(Session session) {
        places.ended(session.cid());
        if (tracked.remove(session.cid(), session) && !away.remove(session)) {
            counts.remove(session);
        }
    }

    /** Adds a session to a group; it is found there once it is accepted. */
    void join(Session session, String group) {
        session.join(group);
        if (open.containsKey(session.cid())) {
            byGroup.add(new Key(session.route().path(), group), session);
            changed(session);
        }
    }

    /** Takes a session out of a group. */
    void leave(Session session, String group) {
        session.leave(group);
        byGroup.remove(new Key(session.route().path(), group), session);
        if (!places.isEmpty()) {
            places.leaves(new Place(session.route().path(), Place.Kind.GROUP, group), session.cid());
        }
    }

    /** Gives an open session another caller, and moves it from one user's key to the other's. */
    void changeCaller(Session session, Caller next) {
        String path = session.route().path();
        String before = session.uid();
        if (before != null) {
            byUser.remove(new Key(path, before), session);
            if (!places.isEmpty()) {
                places.leaves(new Place(path, Place.Kind.USER, before), session.cid());
            }
        }
        session.caller(next);
        String after = session.uid();
        if (after != null) {
            byUser.add(new Key(path, after), session);
        }
        changed(session);
    }

    /** Every session that has not ended, in any state. */
    Collection<Session> tracked() {
        return tracked.values();
    }

    /** The session of a cid, as long as it is addressable. */
    public Optional<Session> find(String cid) {
        return Optional.ofNullable(tracked.get(cid)).filter(session -> session.state().isAddressable());
    }

    /** How many sessions are open, those that are away included. */
    public int size() {
        return open.size();
    }

    /** How many sessions are away. */
    public int away() {
        return away.size();
    }

    /** How many open sessions have a link. */
    public int connected() {
        // A session that ends leaves one set a moment before the other.
        return Math.max(0, open.size() - away.size());
    }

    /** The open sessions on a channel. */
    Collection<Session> onChannel(String path, String channel) {
        return byChannel.get(new Key(path, channel));
    }

    /** The open sessions of a user at an object. */
    Collection<Session> ofUser(String path, String uid) {
        return byUser.get(new Key(path, uid));
    }

    /** The open sessions in a group. */
    Collection<Session> inGroup(String path, String group) {
        return byGroup.get(new Key(path, group));
    }

    /** Everyone who has an open session. */
    public Set<String> users() {
        return byUser.keys().stream().map(Key::name).collect(Collectors.toSet());
    }

    /** The open sessions of a user, of any object. */
    public Collection<Session> ofUser(String uid) {
        List<Session> found = new ArrayList<>();
        byPath.keys().forEach(path -> found.addAll(byUser.get(new Key(path, uid))));
        return found;
    }

    /**
     * The sessions that a target means.
     *
     * @param target the target, checked
     * @param paths the objects that it speaks of; not used when it names cids
     * @return a collection of its own, each connection once
     */
    Collection<Session> select(Target target, Collection<String> paths) {
        Set<String> cids = target.cids();
        if (cids != null) {
            return ofCids(cids, target);
        }
        // Only a session in several groups could be met twice.
        Collection<Session> found = target.groups() == null ? new ArrayList<>() : new LinkedHashSet<>();
        for (String path : paths) {
            narrowest(target, path, found);
        }
        if (needsFilter(target)) {
            found.removeIf(session -> !matches(target, session));
        }
        return found;
    }

    private Collection<Session> ofCids(Set<String> cids, Target target) {
        List<Session> found = new ArrayList<>(cids.size());
        for (String cid : cids) {
            Session session = tracked.get(cid);
            if (session != null && session.state().isAddressable() && !isExcepted(target, session)) {
                found.add(session);
            }
        }
        return found;
    }

    /** Collects by the selector that names the fewest, each connection once. */
    private void narrowest(Target target, String path, Collection<Session> into) {
        Function<String, Key> key = name -> new Key(path, name);
        if (target.users() != null) {
            target.users().forEach(user -> into.addAll(byUser.get(key.apply(user))));
        } else if (target.devices() != null) {
            target.devices().forEach(device -> into.addAll(byDevice.get(key.apply(device))));
        } else if (target.groups() != null) {
            target.groups().forEach(group -> into.addAll(byGroup.get(key.apply(group))));
        } else if (target.channels() != null) {
            target.channels().forEach(channel -> into.addAll(byChannel.get(key.apply(channel))));
        } else {
            into.addAll(byPath.get(path));
        }
    }

    private static boolean needsFilter(Target target) {
        int selectors = 0;
        selectors += target.users() != null ? 1 : 0;
        selectors += target.devices() != null ? 1 : 0;
        selectors += target.groups() != null ? 1 : 0;
        selectors += target.channels() != null ? 1 : 0;
        return selectors > 1 || target.appids() != null || hasExceptions(target);
    }

    private static boolean hasExceptions(Target target) {
        return !target.exceptCids().isEmpty()
                || !target.exceptUsers().isEmpty()
                || !target.exceptDevices().isEmpty();
    }

    /** Whether a target leaves a session out. */
    static boolean isExcepted(Target target, Session session) {
        return target.exceptCids().contains(session.cid())
                || has(target.exceptUsers(), session.uid())
                || has(target.exceptDevices(), session.caller().client().deviceId());
    }

    private static boolean has(Set<String> values, @Nullable String value) {
        return value != null && values.contains(value);
    }

    private static boolean matches(Target target, Session session) {
        return in(target.users(), session.uid())
                && in(target.devices(), session.caller().client().deviceId())
                && in(target.appids(), session.caller().client().appId())
                && in(target.channels(), session.route().channel())
                && (target.groups() == null || target.groups().stream().anyMatch(session.groups()::contains))
                && !isExcepted(target, session);
    }

    private static boolean in(@Nullable Set<String> wanted, @Nullable String value) {
        return wanted == null || has(wanted, value);
    }

    private void eachKey(Session session, Change change) {
        String path = session.route().path();
        change.make(byPath, path, session);
        change.make(byChannel, new Key(path, session.route().channel()), session);
        String uid = session.uid();
        if (uid != null) {
            change.make(byUser, new Key(path, uid), session);
        }
        String device = session.caller().client().deviceId();
        if (device != null) {
            change.make(byDevice, new Key(path, device), session);
        }
        session.groups().forEach(group -> change.make(byGroup, new Key(path, group), session));
    }

    private interface Change {
        <K> void make(Index<K> index, K key, Session session);
    }

    /** How many users and addresses are counted: 0 when no session is left. */
    int counted() {
        return counts.names();
    }

    /** How many keys all indexes hold together: 0 when no session is left. */
    int keys() {
        return byUser.size() + byDevice.size() + byGroup.size() + byChannel.size() + byPath.size();
    }
}
