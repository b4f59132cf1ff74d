package dev.cloudobjects.reach;

import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Who is present, wherever the connections are. A place here has the path of its object. What versions mean when some connections
 * are elsewhere is {@code docs/decisions/0010-presence-and-positions.md}.
 *
 * <p>Safe for use by many threads. No method waits for a client.
 */
public interface Presences {

    /**
     * Lets the connections of a scope watch a place; tells how many began to.
     *
     * @throws dev.cloudobjects.api.CloudObjectException with code 503 when too many places are watched, 429 when a connection
     *     watches too many
     */
    int watch(Scope who, Place place);

    /** Ends that the connections of a scope watch a place; tells how many did. */
    int unwatch(Scope who, Place place);

    /** Has the changes of a place fired as events. @throws dev.cloudobjects.api.CloudObjectException as {@link #watch} does */
    void observe(Place place);

    /** Fires the changes of a place no longer. */
    void unobserve(Place place);

    /**
     * Sets the data of a connection, which its member shows; does nothing for one that has ended.
     *
     * @param data the data; {@code null} for none
     */
    void data(String cid, @Nullable JsonValue data);

    /** The most bytes of that data, as JSON. */
    int maxDataBytes();

    /** A page of the members of a place. @param after the member behind which it begins; {@code null} for the first page */
    Here here(Place place, @Nullable String after, int limit);
}
