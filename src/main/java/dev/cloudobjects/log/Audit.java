package dev.cloudobjects.log;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: what was done to others, or tried, one line each, in the logger {@code dev.cloudobjects.audit}. Ids
 * are of the range 6000 and never given to another message.
 *
 * <p>Every value stands in double quotes, with quotes, backslashes, line breaks and all else that does not print
 * escaped as {@code \u000a}: so a value can neither end its line nor pose as another one.
 */
public enum Audit {
    CLOSE(6001, "connections closed"),
    FORCE_LOGOUT(6002, "logout forced"),
    SEND_TO_EVERYONE(6003, "message to everyone"),
    REFUSED(6004, "refused for want of rights"),
    STATUS_CHANGED(6005, "status of an account changed"),
    ROLES_CHANGED(6006, "roles of an account changed"),
    ROLE_CHANGED(6007, "role changed"),
    PERMISSION_CHANGED(6008, "permission changed"),
    LOOKED_UP(6009, "looked up"),
    DRAIN(6010, "drain begun"),
    REFUSED_MORE(6011, "more refused for want of rights"),
    TRACE_CHANGED(6012, "trace changed");

    private static final Logger LOGGER = Loggers.named("dev.cloudobjects.audit");
    private static final int LONGEST = 1000;

    private final String id;
    private final String text;

    Audit(int number, String what) {
        this.id = "COBJ" + number + "I";
        this.text = id + ": " + what + ": who={0} from={1} by={2} whom={3} outcome={4} request={5}";
    }

    /**
     * Who did it.
     *
     * @param user the user's id; {@code null} for nobody
     * @param address the client's address, or {@code null}
     * @param call through what, and what was called, or {@code null} for the server by itself
     * @param requestId the call's id, or {@code null}
     */
    public record Actor(
            @Nullable String user, @Nullable String address, @Nullable String call, @Nullable String requestId) {

        /** The server, without a call. */
        public static final Actor SERVER = new Actor(null, null, "server", null);
    }

    /** The id, for example {@code COBJ6001I}. */
    public String id() {
        return id;
    }

    /** What the message says, with its id in front and {@code {0}} for its arguments. */
    public String text() {
        return text;
    }

    /**
     * Writes a line. Of what was refused, an address may cause so many in a minute and no more, see {@link LineLimit}.
     *
     * @param whom to whom or what
     * @param outcome what came of it
     */
    public void write(Actor actor, String whom, String outcome) {
        if (!LOGGER.isLoggable(Level.INFO)
                || (this == REFUSED && !LineLimit.inForce().admits(actor.address(), true, id, 1))) {
            return;
        }
        LogRecord line = new LogRecord(Level.INFO, text);
        line.setParameters(new Object[] {
            quoted(actor.user()),
            quoted(actor.address()),
            quoted(actor.call()),
            quoted(whom),
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
        int end = Math.min(value.length(), LONGEST);
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

    /** Line separators and marks that turn the direction of text around are not what a reader should see the effect of. */
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
