package dev.cloudobjects.demo;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.demo.GroupChat.Who;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Keeps a caller to himself: for others and their connections he has to pass the sys filter. */
@ApplicationScoped
class OwnTargets {

    @Inject
    ClientInfo client;

    @Inject
    WebSocketManage ws;

    @Inject
    ForeignTargets foreign;

    /** @throws dev.cloudobjects.api.CloudObjectException with code 403 when the target is not the caller's to reach */
    void check(Who who) {
        String uid = client.uid();
        boolean ownUser = who.user_id() == null || who.user_id().equals(uid);
        if (!ownUser || !isOwnConnection(who.cid(), uid)) {
            foreign.allow();
        }
    }

    /** A connection that is gone is nobody's: nothing can be done to it. */
    private boolean isOwnConnection(@Nullable String cid, @Nullable String uid) {
        return cid == null
                || ws.find(cid).map(online -> uid != null && uid.equals(online.userId())).orElse(true);
    }
}
