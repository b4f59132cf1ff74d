package dev.cloudobjects.login;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.filter.Refusal;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Registry;
import dev.cloudobjects.session.Session;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Checks a user's sessions again when something about him changed: a logout, a ban, a role. A change that was made here is
 * an event; for changes that others made it checks everybody from time to time.
 */
@UnproxiedSingleton
public final class IdentityWatch {

    /** So many users are read in one question. */
    private static final int BATCH = 500;

    private final Registry registry;
    private final IdentityProvider users;
    private final LoginEnd logins;
    private final AccessCheck access;
    private final ObjectDirectory objects;

    /** A watch over these sessions. */
    @Inject
    public IdentityWatch(
            Registry registry, IdentityProvider users, LoginEnd logins, AccessCheck access, ObjectDirectory objects) {
        this.registry = registry;
        this.users = users;
        this.logins = logins;
        this.access = access;
        this.objects = objects;
    }

    void changed(@Observes IdentityChanged change) {
        checkUser(change.uid());
    }

    /**
     * Checks everybody who has an open session.
     *
     * @throws CloudObjectException with code 503 when the users can't be asked; the rest is not checked then. Whatever else
     *     goes wrong with one user keeps nobody else from being checked
     */
    void checkAll() {
        List<String> all = List.copyOf(registry.users());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> some = all.subList(from, Math.min(from + BATCH, all.size()));
            refresh(some);
            some.forEach(this::checkUser);
        }
    }

    /** Only saves questions: those of whom nothing could be read now are asked for one by one. */
    private void refresh(List<String> some) {
        try {
            users.refresh(some);
        } catch (CloudObjectException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            Log.LOGINS_UNCHECKED.log(e, some.size(), e.getMessage());
        }
    }

    private void checkUser(String uid) {
        for (Session session : registry.ofUser(uid)) {
            try {
                check(session);
            } catch (CloudObjectException e) {
                // Nobody knows now; its next message asks again. Whoever made the change is not told.
                Log.LOGIN_UNCHECKED.log(session.cid(), session.route().path(), e.getMessage());
            } catch (RuntimeException | Error e) {
                // It is checked again in a while; the others must not wait for that.
                Log.LOGIN_UNCHECKED.log(e, session.cid(), session.route().path(), e.getMessage());
            }
        }
    }

    private void check(Session session) {
        Login login = session.caller().login();
        if (login == null) {
            return;
        }
        Authentication now = users.revalidate(login);
        if (now instanceof Authentication.Rejected rejected) {
            logins.rejected(session, login, rejected);
        } else {
            refusal(session, now).ifPresent(refusal -> logins.refused(session, refusal));
        }
    }

    /** A role may be gone that the session was accepted for. */
    private Optional<Refusal> refusal(Session session, Authentication caller) {
        return access.checkConnection(objects.find(session.route().path()).orElseThrow(), caller);
    }
}
