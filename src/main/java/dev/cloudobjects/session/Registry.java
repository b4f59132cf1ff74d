package dev.cloudobjects.session;

import dev.cloudobjects.api.Target;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.Tally;
import dev.cloudobjects.security.Caller;
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
 * The connections of this node, found by cid, user, device, group, channel and url, so that a send costs its recipients
 * and not all connections. A key that nobody is left under is removed.
 *
 * <p>Searches take no lock and see a connection as it is or was a moment ago. Changes of one connection are made under
 * its monitor.
 */
public final class Registry {

    private record Key(String path, String name) {}

    private final Map<String, Connection> tracked = new ConcurrentHashMap<>();
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private final Tally users = new Tally();
    private final Tally networks = new Tally();
    private final Index<Key> byUser = new Index<>();
    private final Index<Key> byDevice = new Index<>();
    private final Index<Key> byGroup = new Index<>();
    private final Index<Key> byChannel = new Index<>();
    private final Index<String> byPath = new Index<>();

    /** Starts to track a connection: from now on it is found by its cid. Tells how many there are with it. */
    Quotas.Count track(Connection connection) {
        tracked.put(connection.cid(), connection);
        String user = connection.openedBy();
        String network = network(connection.caller());
        return new Quotas.Count(
                tracked.size(),
                user == null ? 0 : users.add(user),
                network == null ? 0 : networks.add(network));
    }

    /** How many connections there would be with one more of this caller. */
    Quotas.Count with(Caller caller) {
        String user = caller.uid();
        String network = network(caller);
        return new Quotas.Count(
                tracked.size() + 1,
                user == null ? 0 : users.of(user) + 1,
                network == null ? 0 : networks.of(network) + 1);
    }

    /** Makes an accepted connection findable by everything else. */
    void add(Connection connection) {
        open.put(connection.cid(), connection);
        eachKey(connection, Index::add);
    }

    /** Makes a connection unfindable, except by {@link #tracked}. */
    void remove(Connection connection) {
        if (open.remove(connection.cid(), connection)) {
            eachKey(connection, Index::remove);
        }
    }

    /** Forgets a connection. */
    void untrack(Connection connection) {
        if (tracked.remove(connection.cid(), connection)) {
            String user = connection.openedBy();
            if (user != null) {
                users.remove(user);
            }
            String network = network(connection.caller());
            if (network != null) {
                networks.remove(network);
            }
        }
    }

    private static @Nullable String network(Caller caller) {
        String address = caller.client().address();
        return address == null ? null : Network.of(address);
    }

    /** Adds a connection to a group; it is found there once it is accepted. */
    void join(Connection connection, String group) {
        connection.join(group);
        if (open.containsKey(connection.cid())) {
            byGroup.add(new Key(connection.route().path(), group), connection);
        }
    }

    /** Takes a connection out of a group. */
    void leave(Connection connection, String group) {
        connection.leave(group);
        byGroup.remove(new Key(connection.route().path(), group), connection);
    }

    /** Takes a connection from its user, whose login is about to end. */
    void forgetUser(Connection connection) {
        String uid = connection.uid();
        if (uid != null) {
            byUser.remove(new Key(connection.route().path(), uid), connection);
        }
    }

    /** Every connection that has not ended, in any state. */
    Collection<Connection> tracked() {
        return tracked.values();
    }

    /** The connection of a cid, from its connection event on until it closes. */
    public Optional<Connection> find(String cid) {
        return Optional.ofNullable(tracked.get(cid)).filter(Registry::addressable);
    }

    /** How many connections are open. */
    public int size() {
        return open.size();
    }

    /** Everyone who has an open connection. */
    public Set<String> users() {
        return byUser.keys().stream().map(Key::name).collect(Collectors.toSet());
    }

    /** The open connections of a user, of any object. */
    public Collection<Connection> ofUser(String uid) {
        List<Connection> found = new ArrayList<>();
        byPath.keys().forEach(path -> found.addAll(byUser.get(new Key(path, uid))));
        return found;
    }

    /**
     * The connections that a target means.
     *
     * @param target the target, checked
     * @param paths the objects that it speaks of; not used when it names cids
     * @return a collection of its own, each connection once
     */
    Collection<Connection> select(Target target, Collection<String> paths) {
        Set<String> cids = target.cids();
        if (cids != null) {
            return ofCids(cids, target);
        }
        // Only a connection in several groups could be met twice.
        Collection<Connection> found = target.groups() == null ? new ArrayList<>() : new LinkedHashSet<>();
        for (String path : paths) {
            narrowest(target, path, found);
        }
        if (needsFilter(target)) {
            found.removeIf(connection -> !matches(target, connection));
        }
        return found;
    }

    private Collection<Connection> ofCids(Set<String> cids, Target target) {
        List<Connection> found = new ArrayList<>(cids.size());
        for (String cid : cids) {
            Connection connection = tracked.get(cid);
            if (connection != null && addressable(connection) && !isExcepted(target, connection)) {
                found.add(connection);
            }
        }
        return found;
    }

    /** Collects by the selector that names the fewest, each connection once. */
    private void narrowest(Target target, String path, Collection<Connection> into) {
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

    private static boolean isExcepted(Target target, Connection connection) {
        return target.exceptCids().contains(connection.cid())
                || has(target.exceptUsers(), connection.uid())
                || has(target.exceptDevices(), connection.caller().client().deviceId());
    }

    private static boolean has(Set<String> values, @Nullable String value) {
        return value != null && values.contains(value);
    }

    private static boolean matches(Target target, Connection connection) {
        return in(target.users(), connection.uid())
                && in(target.devices(), connection.caller().client().deviceId())
                && in(target.appids(), connection.caller().client().appId())
                && in(target.channels(), connection.route().channel())
                && (target.groups() == null || target.groups().stream().anyMatch(connection.groups()::contains))
                && !isExcepted(target, connection);
    }

    private static boolean in(@Nullable Set<String> wanted, @Nullable String value) {
        return wanted == null || has(wanted, value);
    }

    private static boolean addressable(Connection connection) {
        ConnectionState state = connection.state();
        return state == ConnectionState.CONNECTING || state == ConnectionState.OPEN;
    }

    private void eachKey(Connection connection, Change change) {
        String path = connection.route().path();
        change.make(byPath, path, connection);
        change.make(byChannel, new Key(path, connection.route().channel()), connection);
        String uid = connection.uid();
        if (uid != null) {
            change.make(byUser, new Key(path, uid), connection);
        }
        String device = connection.caller().client().deviceId();
        if (device != null) {
            change.make(byDevice, new Key(path, device), connection);
        }
        connection.groups().forEach(group -> change.make(byGroup, new Key(path, group), connection));
    }

    private interface Change {
        <K> void make(Index<K> index, K key, Connection connection);
    }

    /** Connections under a key. */
    private static final class Index<K> {
        private final Map<K, Set<Connection>> sets = new ConcurrentHashMap<>();

        void add(K key, Connection connection) {
            sets.compute(key, (same, set) -> {
                Set<Connection> to = set == null ? ConcurrentHashMap.newKeySet(1) : set;
                to.add(connection);
                return to;
            });
        }

        void remove(K key, Connection connection) {
            sets.computeIfPresent(key, (same, set) -> {
                set.remove(connection);
                return set.isEmpty() ? null : set;
            });
        }

        Collection<Connection> get(K key) {
            Set<Connection> set = sets.get(key);
            return set == null ? Set.of() : set;
        }

        Set<K> keys() {
            return Set.copyOf(sets.keySet());
        }

        int size() {
            return sets.size();
        }
    }

    /** How many users and addresses are counted: 0 when no connection is left. */
    int counted() {
        return users.names() + networks.names();
    }

    /** How many keys all indexes hold together: 0 when no connection is left. */
    int keys() {
        return byUser.size() + byDevice.size() + byGroup.size() + byChannel.size() + byPath.size();
    }
}
