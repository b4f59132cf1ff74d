package dev.cloudobjects.trace;

import dev.cloudobjects.log.TraceLine;
import org.jspecify.annotations.Nullable;

/**
 * A trace, for one connection.
 *
 * @param trace the trace
 * @param cid the connection
 */
public record ConnectionTrace(Trace trace, String cid) {

    /** Writes a line of the connection. */
    public void write(TraceLine line, @Nullable Object... arguments) {
        @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
        all[0] = new TraceLine.Name(cid);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        trace.write(line, all);
    }

    /**
     * The data of a message, as far as they may be shown.
     *
     * @param json the data; {@code null} for binary ones
     * @param encrypted whether they travel on an encrypted channel, where nobody else shall see them
     */
    public String shown(@Nullable String json, boolean encrypted) {
        if (!trace.data()) {
            return "-";
        }
        if (encrypted) {
            return "encrypted";
        }
        return json == null ? "binary" : Secrets.hidden(json);
    }
}
