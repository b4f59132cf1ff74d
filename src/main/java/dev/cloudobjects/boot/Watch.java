package dev.cloudobjects.boot;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.dispatch.IdentityRefresh;
import dev.cloudobjects.dispatch.RunningCalls;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.Sweeper;
import jakarta.inject.Inject;

/** Looks after what runs, a few times a second. */
@Part
class Watch {

    private final Sweeper sweeper;
    private final RunningCalls calls;
    private final IdentityRefresh identities;

    @Inject
    Watch(Sweeper sweeper, RunningCalls calls, IdentityRefresh identities) {
        this.sweeper = sweeper;
        this.calls = calls;
        this.identities = identities;
    }

    /** Never throws, because the scheduler would not call again. */
    void look() {
        try {
            sweeper.sweep();
            calls.sweep();
            identities.tick();
        } catch (RuntimeException e) {
            Log.WATCH_FAILED.log(e);
        }
    }
}
