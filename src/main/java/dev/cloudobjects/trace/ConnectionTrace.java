package dev.cloudobjects.trace;

import dev.cloudobjects.log.TraceLine;
import org.jspecify.annotations.Nullable;

/**
 * The view of a trace for one of its connections. Immutable.
 *
 * @param trace the trace
 * @param cid the id of the connection
 */
public record ConnectionTrace(Trace trace, String cid) {

    /** Writes a line about the connection. */
    public void write(TraceLine line, @Nullable Object... arguments) {
        @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
        all[0] = new TraceLine.Name(cid);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        trace.write(line, all);
    }

    /**
     * The part of a message's data that the trace may log.
     *
     * @param json the data; {@code null} for binary data
     * @param encrypted whether the message uses an encrypted channel, whose data are never logged
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
