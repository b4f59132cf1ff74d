package dev.cloudobjects.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a trace, in the logger {@code dev.cloudobjects.trace}. Ids are of the range 7000 and never given to another
 * message. The first argument is the id of the trace, of most the second one is that of the connection.
 */
public enum TraceLine {
    BEGUN(7001, "trace {0} of {1} begun, for {2}"),
    ENDED(7002, "trace {0} of {1} ended: {2}"),
    REFUSED(7003, "trace {0}: may not connect to {1}: {2} {3}"),
    OPENED(7004, "trace {0}: connection {1} opened: path={2} channel={3} user={4} device={5} from={6}"),
    ACCEPTED(7005, "trace {0}: connection {1} accepted"),
    NOT_ACCEPTED(7006, "trace {0}: connection {1} not accepted: {2} {3}"),
    RECEIVED(7007, "trace {0}: connection {1} brought message id={2} of {3} characters or bytes: {4}"),
    IGNORED(7008, "trace {0}: connection {1}: what it brought is dropped: id={2} {3}"),
    HANDLED(7009, "trace {0}: connection {1}: message id={2} was handled: {3}"),
    SENT(7010, "trace {0}: {1} sends to {2}: matched {3}, queued {4}, dropped {5}, unreachable {6}"),
    PASSED_OVER(7011, "trace {0}: connection {1} is not among those: channel={2} groups={3} device={4} appid={5}"),
    QUEUED(7012, "trace {0}: connection {1}: number {2} of {3} bytes is queued behind {4}: {5}"),
    NOT_QUEUED(7013, "trace {0}: connection {1}: {2} bytes are not queued: {3}"),
    WRITTEN(7014, "trace {0}: connection {1}: all is written up to number {2}"),
    UNWRITTEN(7015, "trace {0}: connection {1}: could not be written: {2}"),
    CLOSING(7016, "trace {0}: connection {1} is told to close: {2} {3}, queued messages {4}"),
    CLOSED(7017, "trace {0}: connection {1} ended by the {2}: {3} {4}");

    private static final Logger LOGGER = Loggers.named("dev.cloudobjects.trace");

    private final String id;
    private final String text;

    TraceLine(int number, String what) {
        this.id = "COBJ" + number + "I";
        this.text = id + ": " + what;
    }

    /** The id, for example {@code COBJ7001I}. */
    public String id() {
        return id;
    }

    /** What the message says, with its id in front and {@code {0}} for its arguments. */
    public String text() {
        return text;
    }

    /** Writes a line; texts in quotes, as those of the audit log. Never throws. */
    public void write(@Nullable Object... arguments) {
        try {
            Object[] safe = new Object[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                Object argument = arguments[i];
                safe[i] = argument instanceof Number ? argument.toString() : shown(argument);
            }
            LogRecord line = new LogRecord(Level.INFO, text);
            line.setParameters(safe);
            line.setLoggerName(LOGGER.getName());
            LOGGER.log(line);
        } catch (RuntimeException | Error e) {
            // Not even a line can be written; what is traced goes on.
        }
    }

    /** What is a name of ours, such as an id, stands as it is. */
    private static String shown(@Nullable Object argument) {
        return argument instanceof Name name ? name.text() : Audit.quoted(argument == null ? null : argument.toString());
    }

    /** A text of ours, without anything of a client's. */
    public record Name(String text) {}
}
