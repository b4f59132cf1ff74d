package dev.cloudobjects.session;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions under a key. */
final class Index<K> {
    private final Map<K, Set<Session>> sets = new ConcurrentHashMap<>();

    void add(K key, Session session) {
        sets.compute(key, (same, set) -> {
            Set<Session> to = set == null ? ConcurrentHashMap.newKeySet(1) : set;
            to.add(session);
            return to;
        });
    }

    void remove(K key, Session session) {
        sets.computeIfPresent(key, (same, set) -> {
            set.remove(session);
            return set.isEmpty() ? null : set;
        });
    }

    Collection<Session> get(K key) {
        Set<Session> set = sets.get(key);
        return set == null ? Set.of() : set;
    }

    Set<K> keys() {
        return Set.copyOf(sets.keySet());
    }

    int size() {
        return sets.size();
    }
}
