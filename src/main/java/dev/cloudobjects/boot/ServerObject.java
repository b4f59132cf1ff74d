package dev.cloudobjects.boot;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.session.Sessions;
import jakarta.inject.Inject;

/** Operations on this server, for administrators: the sys filter applies because of the path. */
@CloudObject("sys/server")
public class ServerObject {

    @Inject
    Drain drain;

    @Inject
    Sessions sessions;

    @Inject
    CurrentCall current;

    /** Drains the server before a stop; answers when the drain has ended. */
    public Result drain() {
        AuditTrail.note(Audit.DRAIN, current.call(), "server", "begun");
        drain.run();
        return Result.ok("connections", sessions.count());
    }
}
