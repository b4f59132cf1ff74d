package dev.cloudobjects.users;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of a user, oldest login first, as they were read. Immutable; the changes return what to store, without
 * those that have expired.
 *
 * @param revision counts the changes of the stored list: a change is stored only while it is still the same
 * @param list the sessions
 */
public record Sessions(long revision, List<Session> list) {

    public Sessions {
        list = List.copyOf(list);
    }

    /** The session with an id. */
    public Optional<Session> find(String sessionId) {
        return list.stream().filter(session -> session.id().equals(sessionId)).findFirst();
    }

    /** With one more; the oldest go when there are more than {@code most}. */
    List<Session> with(Session added, Instant now, int most) {
        List<Session> result = new ArrayList<>(inForce(now));
        result.add(added);
        return List.copyOf(result.subList(Math.max(0, result.size() - most), result.size()));
    }

    /** Without one. */
    List<Session> without(String sessionId, Instant now) {
        return inForce(now).stream().filter(session -> !session.id().equals(sessionId)).toList();
    }

    /** With another state of one of them, in its place. */
    List<Session> replacing(Session changed, Instant now) {
        return inForce(now).stream()
                .map(session -> session.id().equals(changed.id()) ? changed : session)
                .toList();
    }

    private List<Session> inForce(Instant now) {
        return list.stream().filter(session -> now.isBefore(session.expiresAt())).toList();
    }
}
