package dev.cloudobjects.dispatch;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.session.KeptGroups;
import dev.cloudobjects.session.LocalPresence;
import dev.cloudobjects.session.Session;
import jakarta.inject.Inject;

/** What clients ask of groups, after a check of the login; it runs in turn with the messages of the session. */
@UnproxiedSingleton
class GroupFrames {

    private final Events events;
    private final KeptGroups groups;
    private final LocalPresence presence;

    @Inject
    GroupFrames(Events events, KeptGroups groups, LocalPresence presence) {
        this.events = events;
        this.groups = groups;
        this.presence = presence;
    }

    void catchUp(Session session, ClientFrame.CatchUp frame) {
        if (events.mayRun(session, frame.id())) {
            groups.catchUp(session, frame);
        }
    }

    void here(Session session, ClientFrame.Here frame) {
        if (events.mayRun(session, frame.id())) {
            presence.here(session, frame);
        }
    }
}
