package dev.cloudobjects.session;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Closes sessions because the server stops. Safe for use by many threads. */
@UnproxiedSingleton
public final class AllSessions {

    private final Registry registry;
    private final Sessions sessions;

    /** All of these sessions. */
    @Inject
    public AllSessions(Registry registry, Sessions sessions) {
        this.registry = registry;
        this.sessions = sessions;
    }

    /**
     * Closes some sessions so that their clients come back, after what is queued for them has left. The sessions of a
     * device are closed together, so that they can come back together.
     *
     * @param most how many; those of the same devices are closed besides
     * @param within within which time the clients are told to come back
     */
    public void restart(int most, Duration within) {
        List<Session> open = registry.tracked().stream()
                .filter(session -> session.state().isAddressable())
                .toList();
        Set<String> devices = open.stream()
                .limit(most)
                .map(AllSessions::device)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        ServerFrame hint = new ServerFrame.Reconnect(within.toMillis());
        for (int i = 0; i < open.size(); i++) {
            Session session = open.get(i);
            if (i < most || devices.contains(Objects.requireNonNullElse(device(session), ""))) {
                sessions.finish(session, hint, CloseCode.RESTARTING, CloseCode.RESTARTING.reason(), true);
            }
        }
    }

    private static @Nullable String device(Session session) {
        return session.caller().client().deviceId();
    }

    /** Ends every session, and tells how many there were. */
    public int end() {
        int ended = 0;
        for (Session session : registry.tracked()) {
            try {
                if (sessions.end(session, SessionEnd.byServer(CloseCode.GOING_AWAY))) {
                    ended++;
                }
            } catch (RuntimeException e) {
                // Its disconnection event found no thread any more; the others end all the same.
                Log.CONNECTION_FAULT.log(e, session.cid(), session.route().path(), e);
            }
        }
        return ended;
    }
}
