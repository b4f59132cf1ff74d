package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.filter.Refusal;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.LoginEnd;
import dev.cloudobjects.session.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a user's connections again when something about him changed: a logout, a ban, a role. Of a change that was
 * made here it hears; for those of others it looks at everybody from time to time.
 */
@ApplicationScoped
public class IdentityWatch {

    /** So many users are read in one question. */
    private static final int BATCH = 500;

    @Inject
    Registry registry;

    @Inject
    IdentityProvider users;

    @Inject
    LoginEnd logins;

    @Inject
    AccessCheck access;

    @Inject
    ObjectDirectory objects;

    @Inject
    Connections connections;

    void changed(@Observes IdentityChanged change) {
        lookAt(change.uid());
    }

    /**
     * Looks at everybody who has an open connection.
     *
     * @throws CloudObjectException with code 503 when the users can't be asked; the rest is not looked at then. Whatever
     *     else goes wrong with one user keeps nobody else from being looked at
     */
    void lookAtAll() {
        List<String> all = List.copyOf(registry.users());
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> some = all.subList(from, Math.min(from + BATCH, all.size()));
            refresh(some);
            some.forEach(this::lookAt);
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

    private void lookAt(String uid) {
        for (Connection connection : registry.ofUser(uid)) {
            try {
                look(connection);
            } catch (CloudObjectException e) {
                // Nobody knows now; its next message asks again. Whoever made the change is not to hear of it.
                Log.LOGIN_UNCHECKED.log(connection.cid(), connection.route().path(), e.getMessage());
            } catch (RuntimeException | Error e) {
                // It is looked at again in a while; the others must not wait for that.
                Log.LOGIN_UNCHECKED.log(e, connection.cid(), connection.route().path(), e.getMessage());
            }
        }
    }

    private void look(Connection connection) {
        Login login = connection.caller().login();
        if (login == null) {
            return;
        }
        Authentication now = users.revalidate(login);
        if (now instanceof Authentication.Rejected rejected) {
            logins.rejected(connection, login, rejected);
        } else {
            refusal(connection, now).ifPresent(refusal -> close(connection, refusal));
        }
    }

    /** A role may be gone that the connection was accepted for. */
    private Optional<Refusal> refusal(Connection connection, Authentication caller) {
        return access.checkConnection(objects.find(connection.route().path()).orElseThrow(), caller);
    }

    private void close(Connection connection, Refusal refusal) {
        ServerFrame.Event event = ServerFrame.Event.error(refusal.code(), refusal.msg(), true, null);
        connections.finish(connection, event, CloseCode.REFUSED, refusal.msg(), false);
    }
}
