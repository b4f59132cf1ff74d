package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The lines of the audit log and of traces since the first question, for tests to read. */
@CloudObject("it/pub.audit")
public class AuditLog {

    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    // Held, because the log manager keeps no logger alive.
    private static final Logger AUDIT = Logger.getLogger("dev.cloudobjects.audit");

    private static final Logger TRACE = Logger.getLogger("dev.cloudobjects.trace");

    static {
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                LINES.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        AUDIT.addHandler(listener);
        TRACE.addHandler(listener);
    }

    /** Which lines. */
    public record Asked(String id, String part) {}

    /** The lines with an id and a part. */
    public List<String> lines(Asked asked) {
        return LINES.stream()
                .filter(line -> line.startsWith(asked.id()) && line.contains(asked.part()))
                .toList();
    }
}
