package dev.cloudobjects.log;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The audit log, in the logger {@code dev.cloudobjects.audit}: one line for each action on other users, connections or
 * records, and for each denied attempt. Ids are in the range 6000; an id is never reused for another message.
 *
 * <p>Each value is written in double quotes. Quotes and backslashes are escaped by a backslash, line breaks and other
 * characters that do not print as {@code \u000a}, so a value can't forge a line. Safe for use by many threads.
 */
public enum Audit {
    CLOSE(6001, "connections closed"),
    FORCE_LOGOUT(6002, "logout forced"),
    SEND_TO_EVERYONE(6003, "message to everyone"),
    REFUSED(6004, "permission denied"),
    STATUS_CHANGED(6005, "account status changed"),
    ROLES_CHANGED(6006, "account roles changed"),
    ROLE_CHANGED(6007, "role changed"),
    PERMISSION_CHANGED(6008, "permission changed"),
    LOOKED_UP(6009, "records read"),
    DRAIN(6010, "drain started"),
    REFUSED_MORE(6011, "further permission denials"),
    TRACE_CHANGED(6012, "trace changed");

    private static final Logger LOGGER = Loggers.named("dev.cloudobjects.audit");
    private static final int MAX_LENGTH = 1000;

    private final String id;
    private final String text;

    Audit(int number, String what) {
        this.id = "COBJ" + number + "I";
        this.text = id + ": " + what + ": user={0} address={1} call={2} target={3} outcome={4} request={5}";
    }

    /**
     * The user, or the server, that performs the action.
     *
     * @param user the user's id; {@code null} without a login
     * @param address the client's address; {@code null} without a client
     * @param call the source of the call and the url that was called; {@code null} if unknown
     * @param requestId the request id of the call; {@code null} without one
     */
    public record Actor(
            @Nullable String user, @Nullable String address, @Nullable String call, @Nullable String requestId) {

        /** The server itself, outside any call. */
        public static final Actor SERVER = new Actor(null, null, "server", null);
    }

    /** The id, for example {@code COBJ6001I}. */
    public String id() {
        return id;
    }

    /** The message pattern: the id, then the text with {@code {0}} and so on for the arguments. */
    public String text() {
        return text;
    }

    /**
     * Writes a line. Lines of {@link #REFUSED} are limited per address and minute, see {@link LineLimit}.
     *
     * @param target the users, connections or records that are acted on
     * @param outcome the result, such as a count or the reason of a denial
     */
    public void write(Actor actor, String target, String outcome) {
        if (!LOGGER.isLoggable(Level.INFO)
                || (this == REFUSED && !LineLimit.active().admits(actor.address(), true, id, 1))) {
            return;
        }
        LogRecord line = new LogRecord(Level.INFO, text);
        line.setParameters(new Object[] {
            quoted(actor.user()),
            quoted(actor.address()),
            quoted(actor.call()),
            quoted(target),
            quoted(outcome),
            quoted(actor.requestId())
        });
        line.setLoggerName(LOGGER.getName());
        LOGGER.log(line);
    }

    static String quoted(@Nullable String value) {
        if (value == null) {
            return "-";
        }
        StringBuilder safe = new StringBuilder(value.length() + 2).append('"');
        int end = Math.min(value.length(), MAX_LENGTH);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else if (prints(c)) {
                safe.append(c);
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return safe.append(end < value.length() ? "…\"" : "\"").toString();
    }

    /** False for control characters, line separators and marks that change the direction of text. */
    private static boolean prints(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
