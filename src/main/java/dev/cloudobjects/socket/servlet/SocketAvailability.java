package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.log.Log;
import java.util.concurrent.atomic.AtomicReference;

/** Whether this server's sockets can be had and served. Nothing is taken from a client until that is proven. */
public final class SocketAvailability {

    private enum State {
        UNKNOWN,
        PROVEN,
        LOST
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    public boolean isKnown() {
        return state.get() != State.UNKNOWN;
    }

    public boolean isProven() {
        return state.get() == State.PROVEN;
    }

    public boolean isLost() {
        return state.get() == State.LOST;
    }

    void prove() {
        state.compareAndSet(State.UNKNOWN, State.PROVEN);
    }

    /** From now on the server's own WebSocket serves all that come. @param why what went wrong, for the log */
    public void lose(String why) {
        if (state.getAndSet(State.LOST) != State.LOST) {
            Log.SOCKET_OUT_OF_REACH.log(Keys.TRANSPORT.name(), why);
        }
    }
}
