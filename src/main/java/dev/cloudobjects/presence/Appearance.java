package dev.cloudobjects.presence;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.Place.Kind;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as it is present at a moment.
 *
 * @param cid its id
 * @param path the path of its object
 * @param channel its channel
 * @param groups its groups
 * @param uid its user; {@code null} for nobody
 * @param away whether it has lost its socket
 * @param own what server code has set for it; {@code null} for nothing
 */
public record Appearance(
        String cid,
        String path,
        String channel,
        Set<String> groups,
        @Nullable String uid,
        boolean away,
        @Nullable Own own) {

    /**
     * Data that server code has set.
     *
     * @param data the data
     * @param number rises with each change, so that of several devices the one that was set last counts
     */
    public record Own(JsonValue data, long number) {}

    /** The member that it belongs to: its user, or itself. */
    String member() {
        return uid == null ? cid : uid;
    }

    void eachPlace(Consumer<Place> action) {
        action.accept(new Place(path, Kind.CHANNEL, channel));
        groups.forEach(group -> action.accept(new Place(path, Kind.GROUP, group)));
        if (uid != null) {
            action.accept(new Place(path, Kind.USER, uid));
        }
    }
}
