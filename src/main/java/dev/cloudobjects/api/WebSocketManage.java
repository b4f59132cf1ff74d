package dev.cloudobjects.api;

import jakarta.json.bind.JsonbException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the clients that are connected. Inject it: in a cloud object it speaks of that object's connections, elsewhere
 * of those of the call in progress; {@link #on} and {@link Target#url} name another object.
 *
 * <p>Safe for use by many threads. No method waits for a client.
 */
public interface WebSocketManage {

    /**
     * Sends data to the connections of a target.
     *
     * @param to whom, for example {@code to -> to.channel("default").group("001")}
     * @param data any JSON-B value, {@code jakarta.json} value or map, bytes nested in it included; {@code byte[]} or
     *     {@code ByteBuffer} for a binary message
     * @return how many connections were meant, and what became of the message for each
     * @throws CloudObjectException with code -1 when the target names nobody, or the data has a top-level
     *     {@code vkWebSocket}, which would pose as the framework
     * @throws JsonbException when the data can't be written as JSON
     * @throws IllegalStateException when no object is current and the target names no url or cid
     */
    SendResult send(UnaryOperator<Target> to, @Nullable Object data, SendOption... options);

    /**
     * Closes connections with the code 4000, after what is queued for them has left. It does not wait for that, nor for a
     * transaction in progress.
     *
     * @return how many were told to close; 0 when nobody is meant
     * @throws CloudObjectException with code -1 when the target has neither cid nor user
     * @throws IllegalStateException when no object is current and the target names no url or cid
     */
    int close(UnaryOperator<Target> who);

    /**
     * Forces logout: sends the event {@code forceLogout}, closes the connections with a code after which clients do not
     * return by themselves, and revokes tokens: all of the users when the target names users, those of the connections
     * when it names cids. A user is logged out even while away. It does not wait for a transaction in progress.
     *
     * <p>Of each login the tokens are revoked first. When that fails, its connections are left open, so that whoever tries
     * again finds them, and those who would be next are left alone.
     *
     * @param data what the event carries, for example {@code Map.of("msg", "…")}; may be null
     * @return how many connections of the target were closed; the users' connections to other objects lose their login as well
     * @throws CloudObjectException with code -1 when the target has neither cid nor user, 503 when tokens can't be revoked
     *     because the database is away; its message says what was done, if anything was
     * @throws JsonbException when the data can't be written as JSON
     * @throws IllegalStateException when no object is current and the target names no url or cid
     */
    int forceLogout(UnaryOperator<Target> who, @Nullable Object data);

    /** Starts making a WebSocket address that any client can connect to. */
    SignedURL signedURL();

    /** The connection of a cid, to whatever object, while it is online; empty for an unknown one. */
    Optional<Online> find(String cid);

    /** Whether a connection, to whatever object, is alive. */
    boolean isAlive(String cid);

    /** Which of several connections are alive. */
    Liveness isAlive(Collection<String> cids);

    /**
     * Adds the connection of the call in progress to groups of its object. A group exists while someone is in it.
     *
     * @throws IllegalStateException when the call in progress did not come through a connection
     */
    void join(String... groups);

    /**
     * Takes the connection of the call in progress out of groups of its object.
     *
     * @throws IllegalStateException when the call in progress did not come through a connection
     */
    void leave(String... groups);

    /**
     * Adds the connections of a target to groups of their object.
     *
     * @return how many connections were meant, those included that were in the groups already
     * @throws CloudObjectException with code -1 when the target names nobody
     */
    int join(UnaryOperator<Target> who, String... groups);

    /**
     * Takes the connections of a target out of groups of their object.
     *
     * @return how many connections were meant, those included that were in none of the groups
     * @throws CloudObjectException with code -1 when the target names nobody
     */
    int leave(UnaryOperator<Target> who, String... groups);

    /**
     * Who is online, a page at a time, in the order of connection ids.
     *
     * @param after the {@code next} of the page before; {@code null} for the first page
     * @param limit the most rows to give, 1 to 1000
     * @throws CloudObjectException with code -1 when the target names nobody
     * @throws IllegalArgumentException when {@code limit} is out of range
     */
    Online.Page online(UnaryOperator<Target> who, @Nullable String after, int limit);

    /**
     * How many connections of a target are online.
     *
     * @throws CloudObjectException with code -1 when the target names nobody
     */
    int count(UnaryOperator<Target> who);

    /** The same for another cloud object. */
    WebSocketManage on(String path);
}
