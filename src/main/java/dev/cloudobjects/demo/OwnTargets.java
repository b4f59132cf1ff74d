package dev.cloudobjects.demo;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.demo.GroupChat.Who;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Checks that a target is the caller's own user or connection; other targets need the sys filter. */
@ApplicationScoped
class OwnTargets {

    @Inject
    ClientInfo client;

    @Inject
    WebSocketManage ws;

    @Inject
    ForeignTargets foreign;

    /** @throws dev.cloudobjects.api.CloudObjectException with code 403 if the caller may not use the target */
    void check(Who who) {
        String uid = client.uid();
        boolean ownUser = who.user_id() == null || who.user_id().equals(uid);
        if (!ownUser || !isOwnConnection(who.cid(), uid)) {
            foreign.allow();
        }
    }

    /** False for a connection that has ended, which belongs to nobody. */
    private boolean isOwnConnection(@Nullable String cid, @Nullable String uid) {
        return cid == null
                || ws.find(cid).map(online -> uid != null && uid.equals(online.userId())).orElse(true);
    }
}
