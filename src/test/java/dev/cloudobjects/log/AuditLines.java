package dev.cloudobjects.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears the audit log while it is open. */
public final class AuditLines extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("dev.cloudobjects.audit");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public AuditLines() {
        LOGGER.addHandler(this);
    }

    /** What was written, in order. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
