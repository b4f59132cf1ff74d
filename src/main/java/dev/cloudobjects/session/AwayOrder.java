package dev.cloudobjects.session;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions that are away, in the order in which they lost their links. Safe for use by many threads. */
final class AwayOrder {

    private final Set<Session> sessions = new LinkedHashSet<>();

    synchronized void add(Session session) {
        sessions.add(session);
    }

    /** False when it was not among them. */
    synchronized boolean remove(Session session) {
        return sessions.remove(session);
    }

    synchronized int size() {
        return sessions.size();
    }

    /** The one that is away for longest; {@code null} for none. */
    synchronized @Nullable Session longest() {
        return sessions.isEmpty() ? null : sessions.iterator().next();
    }
}
