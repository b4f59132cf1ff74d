package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.reach.LoggedIn;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.security.IdentityProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One forced logout. Of each login the tokens are revoked first, and only then its connections are closed: when the revocation
 * fails, the connections are still there for whoever tries again. They are closed before they are told that their login has
 * ended, so that each client is told once, and why.
 */
final class ForcedLogout {

    private final IdentityProvider users;
    private final Reach reach;
    private final Scope whom;
    private final Payload.@Nullable Json data;
    private int closed;
    private int loggedOut;

    /**
     * A logout that has not begun.
     *
     * @param whom a scope that names cids or users
     * @param data what the event {@code forceLogout} carries; {@code null} for nothing
     */
    ForcedLogout(IdentityProvider users, Reach reach, Scope whom, Payload.@Nullable Json data) {
        this.users = users;
        this.reach = reach;
        this.whom = whom;
        this.data = data;
    }

    /** A login session of a user. */
    private record LoginSession(String uid, String id) {}

    /**
     * Logs out those whom the scope names, and tells how many connections were closed.
     *
     * @throws CloudObjectException when the rest can't be logged out, saying what was done if anything was
     */
    int run() {
        return whom.target().cids() == null ? users(Objects.requireNonNull(whom.target().users())) : sessions();
    }

    private int users(Collection<String> uids) {
        for (String uid : uids) {
            if (!whom.target().exceptUsers().contains(uid)) {
                attempt(uids.size(), then -> users.revokeAll(uid, then), () -> close(reach.logins(whom).stream()
                        .filter(login -> uid.equals(login.uid()))
                        .map(LoggedIn::cid)
                        .toList()));
            }
        }
        return closed;
    }

    private int sessions() {
        Map<@Nullable LoginSession, List<String>> bySession = new LinkedHashMap<>();
        for (LoggedIn login : reach.logins(whom)) {
            bySession.computeIfAbsent(session(login), key -> new ArrayList<>()).add(login.cid());
        }
        bySession.forEach((session, cids) -> attempt(
                bySession.size(),
                then -> {
                    if (session == null) {
                        then.run();
                    } else {
                        users.revokeSession(session.uid(), session.id(), then);
                    }
                },
                () -> close(cids)));
        return closed;
    }

    private static @Nullable LoginSession session(LoggedIn login) {
        return login.uid() == null || login.sessionId() == null ? null : new LoginSession(login.uid(), login.sessionId());
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

    private void close(List<String> cids) {
        closed += reach.forceLogout(Scope.ofCids(cids), data);
    }
}
