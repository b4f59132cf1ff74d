package dev.cloudobjects.simulation;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hears of what the server survives and only logs, and keeps the rest of the log from the console. */
final class Faults extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("dev.cloudobjects");
    private @Nullable Throwable first;

    Faults() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    void clear() {
        first = null;
    }

    /** The first fault; {@code null} for none. */
    @Nullable Throwable first() {
        return first;
    }

    void check() {
        if (first != null) {
            throw new Contradiction("the server failed: " + first);
        }
    }

    @Override
    public void publish(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        boolean fault = message.contains("COBJ2008") || message.contains("COBJ1004");
        if (fault && first == null && line.getThrown() != null) {
            first = line.getThrown();
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
