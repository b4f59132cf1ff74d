package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.log.Log;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the application can use the sockets of this server. No client is served by them until that is known. Safe for use by many threads. */
public final class SocketAvailability {

    private enum State {
        UNKNOWN,
        AVAILABLE,
        UNAVAILABLE
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    public boolean isKnown() {
        return state.get() != State.UNKNOWN;
    }

    public boolean isAvailable() {
        return state.get() == State.AVAILABLE;
    }

    public boolean isUnavailable() {
        return state.get() == State.UNAVAILABLE;
    }

    /** The sockets can be used, unless {@link #markUnavailable} was called. */
    void markAvailable() {
        state.compareAndSet(State.UNKNOWN, State.AVAILABLE);
    }

    /** From now on the container serves every new connection. @param why the failure, for the log */
    public void markUnavailable(String why) {
        if (state.getAndSet(State.UNAVAILABLE) != State.UNAVAILABLE) {
            Log.SOCKET_OUT_OF_REACH.log(Keys.TRANSPORT.name(), why);
        }
    }
}
