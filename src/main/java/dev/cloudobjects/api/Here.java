package dev.cloudobjects.api;

import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the members of a place, in the order of their ids.
 *
 * @param place where, with the path of the object
 * @param version the version of the place: later changes have a larger one; 0 for a place that nobody watches or observes
 * @param members the members
 * @param next what to give as {@code after} for the page that follows; {@code null} on the last page
 */
public record Here(Place place, long version, List<Member> members, @Nullable String next) {

    /**
     * A member of a place.
     *
     * @param id the user's id, or the {@code cid} of a connection that nobody is logged in on
     * @param away whether all of its connections have lost their sockets, and may come back
     * @param data its own data: see {@link WebSocketManage#presenceData}; {@code null} for none
     */
    public record Member(String id, boolean away, @Nullable JsonValue data) {}
}
