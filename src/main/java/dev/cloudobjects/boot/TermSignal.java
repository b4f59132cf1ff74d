package dev.cloudobjects.boot;

import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** SIGTERM, heard before the container hears it. The class of the JDK is unsupported, yet there is no other way. */
final class TermSignal {

    private static final Signal TERM = new Signal("TERM");

    private @Nullable SignalHandler before;

    /** Runs an action when the signal comes, then hands the signal on, whatever became of the action. */
    synchronized void whenReceived(Runnable action) {
        before = Signal.handle(TERM, signal -> {
            try {
                action.run();
            } finally {
                handOn(signal);
            }
        });
    }

    /** Gives the signal back. */
    synchronized void restore() {
        SignalHandler previous = before;
        if (previous != null) {
            Signal.handle(TERM, previous);
            before = null;
        }
    }

    private void handOn(Signal signal) {
        SignalHandler previous;
        synchronized (this) {
            previous = before;
        }
        if (previous != null) {
            previous.handle(signal);
        }
    }
}
