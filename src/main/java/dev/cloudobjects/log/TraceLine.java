package dev.cloudobjects.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a trace, in the logger {@code dev.cloudobjects.trace}. Ids are in the range 7000; an id is never reused for
 * another message. The first argument is the id of the trace; in most messages the second one is the connection's cid.
 */
public enum TraceLine {
    BEGUN(7001, "trace {0} of {1} started, for {2}"),
    ENDED(7002, "trace {0} of {1} ended: {2}"),
    REFUSED(7003, "trace {0}: connecting to {1} was refused: {2} {3}"),
    OPENED(7004, "trace {0}: connection {1} opened: path={2} channel={3} user={4} device={5} address={6}"),
    ACCEPTED(7005, "trace {0}: connection {1} accepted"),
    NOT_ACCEPTED(7006, "trace {0}: connection {1} refused: {2} {3}"),
    RECEIVED(7007, "trace {0}: connection {1}: message id={2} received, {3} characters or bytes: {4}"),
    IGNORED(7008, "trace {0}: connection {1}: message id={2} dropped: {3}"),
    HANDLED(7009, "trace {0}: connection {1}: message id={2} handled: {3}"),
    SENT(7010, "trace {0}: {1} sends to {2}: matched {3}, queued {4}, dropped {5}, unreachable {6}"),
    PASSED_OVER(7011, "trace {0}: connection {1} does not match: channel={2} groups={3} device={4} appid={5}"),
    QUEUED(7012, "trace {0}: connection {1}: message {2} queued, {3} bytes, behind {4} others: {5}"),
    NOT_QUEUED(7013, "trace {0}: connection {1}: message of {2} bytes not queued: {3}"),
    WRITTEN(7014, "trace {0}: connection {1}: written up to message {2}"),
    UNWRITTEN(7015, "trace {0}: connection {1}: write failed: {2}"),
    CLOSING(7016, "trace {0}: connection {1} is being closed: {2} {3}, queued messages {4}"),
    CLOSED(7017, "trace {0}: connection {1} closed by the {2}: {3} {4}"),
    AWAY(7018, "trace {0}: connection {1} lost its socket and is away, closed by the {2}: {3} {4}"),
    KEPT(7019, "trace {0}: connection {1}: message of {2} bytes is kept, the connection is away: {3}"),
    RESUMED(7020, "trace {0}: connection {1} resumed, the client has {2} frames, address {3}"),
    REPLACES(7021, "trace {0}: connection {1}: message of {2} bytes takes the place of an older one of its key: {3}");

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

    /** The message pattern: the id, then the text with {@code {0}} and so on for the arguments. */
    public String text() {
        return text;
    }

    /** Writes a line, with texts quoted and escaped as in the audit log. Never throws. */
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
            // The line can't be written; the traced operation continues.
        }
    }

    /** A {@link Name} is written without quotes. */
    private static String shown(@Nullable Object argument) {
        return argument instanceof Name name ? name.text() : Audit.quoted(argument == null ? null : argument.toString());
    }

    /** A text that the server made, such as an id, without any part that a client supplied. */
    public record Name(String text) {}
}
