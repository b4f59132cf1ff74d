package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One forced logout. Of each login the tokens are revoked first, and only then its connections are closed: when that fails,
 * the connections are still there for whoever tries again. They are closed before they hear that their login has ended, so
 * that they are told once, and why.
 */
final class ForcedLogout {

    private final IdentityProvider users;
    private final Supplier<Collection<Session>> selected;
    private final Predicate<Session> close;
    private int closed;
    private int loggedOut;

    /**
     * A logout that has not begun.
     *
     * @param selected the connections that are meant, as they are now
     * @param close tells the client, and closes; false when it was closing already
     */
    ForcedLogout(
            IdentityProvider users, Supplier<Collection<Session>> selected, Predicate<Session> close) {
        this.users = users;
        this.selected = selected;
        this.close = close;
    }

    /** A login session of a user. */
    private record LoginSession(String uid, String id) {}

    /**
     * Logs out those whom a target names, and tells how many connections were closed.
     *
     * @throws CloudObjectException when the rest can't be logged out, saying what was done if anything was
     */
    int of(Target target) {
        return target.cids() == null ? users(Objects.requireNonNull(target.users())) : sessions(selected.get());
    }

    private int users(Collection<String> uids) {
        for (String uid : uids) {
            attempt(uids.size(), then -> users.revokeAll(uid, then), () -> closeAll(selected.get().stream()
                    .filter(connection -> uid.equals(connection.caller().uid()))
                    .toList()));
        }
        return closed;
    }

    private int sessions(Collection<Session> connections) {
        Map<@Nullable LoginSession, List<Session>> bySession = new LinkedHashMap<>();
        for (Session connection : connections) {
            bySession.computeIfAbsent(session(connection), key -> new ArrayList<>()).add(connection);
        }
        bySession.forEach((session, its) -> attempt(
                bySession.size(),
                then -> {
                    if (session == null) {
                        then.run();
                    } else {
                        users.revokeSession(session.uid(), session.id(), then);
                    }
                },
                () -> closeAll(its)));
        return closed;
    }

    private static @Nullable LoginSession session(Session connection) {
        Login login = connection.caller().login();
        return login == null ? null : new LoginSession(login.uid(), login.sessionId());
    }

    /** What fails for one would fail for the next, too, after as long a wait. */
    private void attempt(int of, Consumer<Runnable> revocation, Runnable closing) {
        try {
            revocation.accept(closing);
            loggedOut++;
        } catch (RuntimeException e) {
            if (loggedOut == 0 && closed == 0) {
                throw e;
            }
            CloudObjectException told = new CloudObjectException(
                    e instanceof CloudObjectException known ? known.code() : Code.UNAVAILABLE.value(),
                    "logged out " + loggedOut + " of " + of + ", connections closed: " + closed
                            + "; the others keep their logins and connections until this is tried again");
            told.initCause(e);
            throw told;
        }
    }

    private void closeAll(Collection<Session> connections) {
        for (Session connection : connections) {
            if (close.test(connection)) {
                closed++;
            }
        }
    }
}
