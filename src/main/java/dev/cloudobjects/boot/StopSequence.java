package dev.cloudobjects.boot;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.directory.DirectoryCommands;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.AllSessions;
import dev.cloudobjects.session.Sessions;
import jakarta.inject.Inject;

/** Stops the application in order: closes all connections, runs their events and removes their rows. */
@UnproxiedSingleton
class StopSequence {

    private final Sessions sessions;
    private final AllSessions all;
    private final Drain drain;
    private final DirectoryCommands directory;

    @Inject
    StopSequence(Sessions sessions, AllSessions all, Drain drain, DirectoryCommands directory) {
        this.sessions = sessions;
        this.all = all;
        this.drain = drain;
        this.directory = directory;
    }

    void run() {
        sessions.stopAccepting();
        int ended = all.end();
        try {
            drain.awaitEvents();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        directory.flush();
        Log.STOPPED.log(ended);
    }
}
