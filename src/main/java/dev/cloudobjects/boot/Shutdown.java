package dev.cloudobjects.boot;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.directory.DirectoryCommands;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.Connections;
import jakarta.inject.Inject;

/** What must be done before the parts go: no connection, no row and no event is left behind. */
@Part
class Shutdown {

    private final Connections connections;
    private final Drain drain;
    private final DirectoryCommands directory;

    @Inject
    Shutdown(Connections connections, Drain drain, DirectoryCommands directory) {
        this.connections = connections;
        this.drain = drain;
        this.directory = directory;
    }

    void run() {
        connections.stopAccepting();
        int ended = connections.endAll();
        try {
            drain.awaitEvents();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        directory.flush();
        Log.STOPPED.log(ended);
    }
}
