package dev.cloudobjects.reach;

import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.json.Payload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reaches connections, wherever they are. What the counts mean when some are elsewhere is
 * {@code docs/decisions/0008-reach-and-counts.md}.
 *
 * <p>Safe for use by many threads. No method waits for a client, and none knows of transactions.
 */
public interface Reach {

    /** Queues a message for the connections of a scope. */
    SendResult send(Scope to, Message message);

    /** The same, with a receipt for each of them. */
    Sent sendTracked(Scope to, Message message, Until until);

    /**
     * Makes a request to the one connection of a scope. It waits to be sent, and its time runs.
     *
     * @throws dev.cloudobjects.api.CloudObjectException with code 404 when the scope has no connection, -1 when it has several, 501 when
     *     its client answers no requests, 429 when too many requests to it are open, 410 when it has just ended
     */
    PreparedRequest request(Scope to, Payload data, Duration timeout);

    /** Closes the connections of a scope, after what is queued for them has left; tells how many were not closing before. */
    int close(Scope whom);

    /**
     * Closes the connections of a scope with the event {@code forceLogout}, after what is queued for them has left; tells how
     * many were not closing before. It revokes no login.
     *
     * @param data what the event carries; {@code null} for nothing
     */
    int forceLogout(Scope whom, Payload.@Nullable Json data);

    /** The connections of a scope, each with its login, as they are now. */
    List<LoggedIn> logins(Scope whom);

    /** Adds the connections of a scope to groups of their object; tells how many there are in the scope. */
    int join(Scope whom, Collection<String> groups);

    /** Takes the connections of a scope out of groups of their object; tells how many there are in the scope. */
    int leave(Scope whom, Collection<String> groups);

    /** The connection of a cid, from its connection event on until it ends, also while its client is away. */
    Optional<Online> find(String cid);

    /** Whether the connection of a cid is alive, in the sense of {@link #find}. */
    boolean isAlive(String cid);

    /**
     * Some of the accepted connections of a scope, in the order of their cids.
     *
     * @param after the cid behind which the page begins; {@code null} for the first page
     * @param limit the most rows, at least 1
     */
    Online.Page page(Scope whom, @Nullable String after, int limit);

    /** How many accepted connections a scope has, those whose client is away included. */
    int count(Scope whom);
}
