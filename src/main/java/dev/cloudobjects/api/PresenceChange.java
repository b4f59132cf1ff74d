package dev.cloudobjects.api;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What has changed about one member of a place, once, whatever the number of its devices. Fired as an asynchronous CDI event for
 * the places that {@link WebSocketManage#observe} names, to observers in beans that are no cloud objects:
 * {@code void changed(@ObservesAsync PresenceChange change)}. The changes of
 * a place are fired one after another, in their order; what passes within a moment (join and leave again) is not fired.
 *
 * @param place where, with the path of the object
 * @param member the user's id, or the {@code cid} of a connection that nobody is logged in on
 * @param kind what has happened
 * @param data the member's own data: see {@link WebSocketManage#presenceData}; {@code null} for none
 * @param version the version of the place behind this change; several changes may have the same
 * @param time when it was noticed, in milliseconds since 1970
 */
public record PresenceChange(
        Place place, String member, Kind kind, @Nullable JsonValue data, long version, long time) {

    /** What can happen to a member. */
    public enum Kind {
        /** It is there: the first of its connections. */
        JOINED,
        /** All of its connections have lost their sockets, and may come back. */
        AWAY,
        /** One of its connections has a socket again. */
        BACK,
        /** It is there no longer: the last of its connections has ended, or has left. */
        LEFT,
        /** Its data is another one. */
        UPDATED
    }
}
