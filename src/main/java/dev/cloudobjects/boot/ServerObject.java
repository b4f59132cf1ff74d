package dev.cloudobjects.boot;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.session.Sessions;
import jakarta.inject.Inject;

/** What an administrator may have this server do. By its path the sys filter guards it. */
@CloudObject("sys/server")
public class ServerObject {

    @Inject
    Drain drain;

    @Inject
    Sessions sessions;

    @Inject
    CurrentCall current;

    /** Empties the server, to be stopped next; answers when it is done. */
    public Result drain() {
        AuditTrail.note(Audit.DRAIN, current.call(), "server", "begun");
        drain.run();
        return Result.ok("connections", sessions.count());
    }
}
