package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.login.LoginCheck;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.KeptGroups;
import dev.cloudobjects.session.LocalPresence;
import dev.cloudobjects.session.Session;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** What clients ask of groups, after a check of the login; it runs in turn with the messages of the session. */
@UnproxiedSingleton
class GroupFrames {

    private final LoginCheck logins;
    private final Deliveries deliveries;
    private final KeptGroups groups;
    private final LocalPresence presence;

    @Inject
    GroupFrames(LoginCheck logins, Deliveries deliveries, KeptGroups groups, LocalPresence presence) {
        this.logins = logins;
        this.deliveries = deliveries;
        this.groups = groups;
        this.presence = presence;
    }

    void catchUp(Session session, ClientFrame.CatchUp frame) {
        if (mayAsk(session, frame.id())) {
            groups.catchUp(session, frame);
        }
    }

    void here(Session session, ClientFrame.Here frame) {
        if (mayAsk(session, frame.id())) {
            presence.here(session, frame);
        }
    }

    private boolean mayAsk(Session session, @Nullable Long id) {
        try {
            return session.isHeard() && logins.passes(session);
        } catch (CloudObjectException e) {
            deliveries.tell(session, ServerFrame.Event.error(e.code(), String.valueOf(e.getMessage()), false, id));
            return false;
        }
    }
}
