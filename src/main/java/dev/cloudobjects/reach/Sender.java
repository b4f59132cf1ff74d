package dev.cloudobjects.reach;

import dev.cloudobjects.api.Source;
import org.jspecify.annotations.Nullable;

/**
 * The call that sends a message.
 *
 * @param source how the call came in
 * @param path the path of the object that was called; {@code null} when no call is in progress
 * @param method the name of the method or event; {@code null} when no call is in progress
 * @param cid the connection that the call came through, or {@code null}
 * @param uid the user who called, or {@code null}
 */
public record Sender(
        Source source, @Nullable String path, @Nullable String method, @Nullable String cid, @Nullable String uid) {

    /** The server by itself, from a timer for example. */
    public static final Sender SERVER = new Sender(Source.SERVER, null, null, null, null);

    /** How a trace shows it: {@code websocket chat/room.onWebsocketMessage}, or {@code server}. */
    public String shown() {
        return source.wireName() + (path == null ? "" : " " + path + "." + method);
    }
}
