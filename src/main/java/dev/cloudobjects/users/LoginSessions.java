package dev.cloudobjects.users;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The login sessions of a user, oldest login first. Immutable. The methods that change return the new list, without expired
 * login sessions.
 *
 * @param revision the number of changes of the stored list, for optimistic locking
 * @param list the login sessions
 */
public record LoginSessions(long revision, List<LoginSession> list) {

    public LoginSessions {
        list = List.copyOf(list);
    }

    /** The login session with an id. */
    public Optional<LoginSession> find(String sessionId) {
        return list.stream().filter(session -> session.id().equals(sessionId)).findFirst();
    }

    /** The list with a new login session; above {@code most} the oldest are left out. */
    List<LoginSession> with(LoginSession added, Instant now, int most) {
        List<LoginSession> result = new ArrayList<>(inForce(now));
        result.add(added);
        return List.copyOf(result.subList(Math.max(0, result.size() - most), result.size()));
    }

    /** The list without a login session. */
    List<LoginSession> without(String sessionId, Instant now) {
        return inForce(now).stream().filter(session -> !session.id().equals(sessionId)).toList();
    }

    /** The list with a changed login session in place of the one with the same id. */
    List<LoginSession> replacing(LoginSession changed, Instant now) {
        return inForce(now).stream()
                .map(session -> session.id().equals(changed.id()) ? changed : session)
                .toList();
    }

    private List<LoginSession> inForce(Instant now) {
        return list.stream().filter(session -> now.isBefore(session.expiresAt())).toList();
    }
}
