package dev.cloudobjects.api;

import jakarta.json.bind.JsonbException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the clients that are connected, and those that are away: a client of the SDK that has lost its socket keeps its
 * connection for a while ({@code cloudobjects.resume.window}), and what is sent to it meanwhile is kept. Inject it: in a cloud object it speaks of that object's connections, elsewhere
 * of those of the call in progress; {@link #on} and {@link Target#path} name another object.
 *
 * <p>Safe for use by many threads. No method waits for a client.
 */
public interface WebSocketManage {

    /**
     * Sends data to the connections of a target.
     *
     * @param to whom, for example {@code Target.channel("default").group("001")}
     * @param data any JSON-B value, {@code jakarta.json} value or map, bytes nested in it included; {@code byte[]} or
     *     {@code ByteBuffer} for a binary message
     * @return how many connections were meant, and what became of the message for each
     * @throws CloudObjectException with code -1 when the target names nobody, or the data has a top-level
     *     {@code vkWebSocket}, which would pose as the framework
     * @throws JsonbException when the data can't be written as JSON
     * @throws IllegalStateException when no object is current and the target names no path or cid, or the target leaves the
     *     sender out and the call in progress did not come through a connection
     * @throws IllegalArgumentException when two of the options exclude each other
     */
    SendResult send(Target to, @Nullable Object data, SendOption... options);

    /** Sends data to the connections of a target that is written in place: {@link #send(Target, Object, SendOption...)}. */
    default SendResult send(UnaryOperator<Selector> to, @Nullable Object data, SendOption... options) {
        return send(Target.of(to), data, options);
    }

    /**
     * Sends data as {@link #send(Target, Object, SendOption...)} does, and reports for each connection when the message was
     * written, or when its client has it, or why that did not happen. It costs memory for each connection until then, so how many
     * receipts may wait is limited ({@code cloudobjects.receipts.max-per-connection} and {@code …max-total}).
     *
     * @param until what the receipts wait for
     */
    TrackedSend sendTracked(Target to, @Nullable Object data, Until until, SendOption... options);

    /** The same for a target that is written in place: {@link #sendTracked(Target, Object, Until, SendOption...)}. */
    default TrackedSend sendTracked(
            UnaryOperator<Selector> to, @Nullable Object data, Until until, SendOption... options) {
        return sendTracked(Target.of(to), data, until, options);
    }

    /**
     * Sends data to the client whose event is being handled, over the connection of that event. In a connection event it
     * arrives behind the client's {@code onOpen}; in a disconnection event there is nobody to receive it.
     *
     * @param data as for {@link #send(Target, Object, SendOption...)}, whose other exceptions are the same as well
     * @return what became of it: {@code matched} is 0 when the connection has ended
     * @throws IllegalStateException when the call in progress did not come through a connection
     */
    SendResult reply(@Nullable Object data, SendOption... options);

    /**
     * Asks one client for an answer, within {@code cloudobjects.request.timeout}: {@link #request(Target, Object, Class, Duration)}.
     */
    <T> CompletionStage<T> request(Target to, @Nullable Object data, Class<T> type);

    /** The same for a target that is written in place: {@link #request(Target, Object, Class)}. */
    default <T> CompletionStage<T> request(UnaryOperator<Selector> to, @Nullable Object data, Class<T> type) {
        return request(Target.of(to), data, type);
    }

    /**
     * Asks one client for an answer, which its {@code socket.onRequest} gives. The request arrives in the order of the sends. A
     * client that is away gets it when it comes back, once; the time goes on meanwhile.
     *
     * <p>The stage completes on a thread for handlers. A handler may wait for it, since the answer does not wait for the handler; but a
     * connection event must not wait for its own client, which gets nothing before the event has returned. Cancelling its
     * {@code toCompletableFuture()} cancels the request, which the client's handler can see. In a transaction the request leaves
     * when that commits, so nobody may wait for the answer inside of it; the time runs at once.
     *
     * <p>It fails with a {@link CloudObjectException} with the client's own code and message, or with
     *
     * <ul>
     *   <li>404 when the target has no connection, -1 when it has several, or names nobody
     *   <li>501 when the client answers no requests: it is a plain client, or the SDK has no {@code onRequest}
     *   <li>429 when {@code cloudobjects.request.max-open} requests to the connection have no answer
     *   <li>502 when there is no answer in time, 410 when the connection ends before, 499 when the transaction is rolled back
     *   <li>400 when the answer is not of the type
     * </ul>
     *
     * @param to exactly one connection, for example {@code Target.cid(cid)}
     * @param data as for {@link #send(Target, Object, SendOption...)}
     * @param type what the answer is read as; the stage has {@code null} for JSON's null unless the type has a value for it
     * @param timeout how long to wait for the answer, more than 0 and at most a day
     * @throws JsonbException when the data can't be written as JSON
     * @throws IllegalArgumentException when {@code timeout} is out of range
     * @throws IllegalStateException as {@link #send(Target, Object, SendOption...)} throws it
     */
    <T> CompletionStage<T> request(Target to, @Nullable Object data, Class<T> type, Duration timeout);

    /** The same for a target that is written in place: {@link #request(Target, Object, Class, Duration)}. */
    default <T> CompletionStage<T> request(
            UnaryOperator<Selector> to, @Nullable Object data, Class<T> type, Duration timeout) {
        return request(Target.of(to), data, type, timeout);
    }

    /**
     * What is kept about the connection of the call in progress. The result belongs to that connection, also after the call.
     *
     * @throws IllegalStateException when the call in progress did not come through a connection
     */
    Attributes attributes();

    /**
     * Closes connections with the code 4000, after what is queued for them has left. It does not wait for that, nor for a
     * transaction in progress.
     *
     * @return how many were told to close; 0 when nobody is meant
     * @throws CloudObjectException with code -1 when the target has neither cid nor user
     * @throws IllegalStateException when no object is current and the target names no path or cid
     */
    int close(Target who);

    /** The same for a target that is written in place: {@link #close(Target)}. */
    default int close(UnaryOperator<Selector> who) {
        return close(Target.of(who));
    }

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
     * @throws IllegalStateException when no object is current and the target names no path or cid
     */
    int forceLogout(Target who, @Nullable Object data);

    /** The same for a target that is written in place: {@link #forceLogout(Target, Object)}. */
    default int forceLogout(UnaryOperator<Selector> who, @Nullable Object data) {
        return forceLogout(Target.of(who), data);
    }

    /** Starts making a WebSocket address that any client can connect to. */
    SignedURL signedURL();

    /** The connection of a cid, to whatever object, while it is online or away; empty for an unknown one. */
    Optional<Online> find(String cid);

    /** Whether a connection, to whatever object, is alive: its client has a socket, or is away and may come back. */
    boolean isAlive(String cid);

    /** Which of several connections are alive, in the sense of {@link #isAlive(String)}. */
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
    int join(Target who, String... groups);

    /** The same for a target that is written in place: {@link #join(Target, String...)}. */
    default int join(UnaryOperator<Selector> who, String... groups) {
        return join(Target.of(who), groups);
    }

    /**
     * Takes the connections of a target out of groups of their object.
     *
     * @return how many connections were meant, those included that were in none of the groups
     * @throws CloudObjectException with code -1 when the target names nobody
     */
    int leave(Target who, String... groups);

    /** The same for a target that is written in place: {@link #leave(Target, String...)}. */
    default int leave(UnaryOperator<Selector> who, String... groups) {
        return leave(Target.of(who), groups);
    }

    /**
     * Who is online, a page at a time, in the order of connection ids. Connections that are away are included, see
     * {@link Online#away}.
     *
     * @param after the {@code next} of the page before; {@code null} for the first page
     * @param limit the most rows to give, 1 to 1000
     * @throws CloudObjectException with code -1 when the target names nobody
     * @throws IllegalArgumentException when {@code limit} is out of range
     */
    Online.Page online(Target who, @Nullable String after, int limit);

    /** The same for a target that is written in place: {@link #online(Target, String, int)}. */
    default Online.Page online(UnaryOperator<Selector> who, @Nullable String after, int limit) {
        return online(Target.of(who), after, limit);
    }

    /**
     * How many connections of a target are online, those that are away included.
     *
     * @throws CloudObjectException with code -1 when the target names nobody
     */
    int count(Target who);

    /** The same for a target that is written in place: {@link #count(Target)}. */
    default int count(UnaryOperator<Selector> who) {
        return count(Target.of(who));
    }

    /**
     * Has the last messages of a group of the object kept from now on, for members that have missed them. Kept is what is sent to
     * this group and no other selector, with or without {@code except}: such a message has a position in the group, and its members
     * get it in the order of the positions. A client of the SDK that comes back as a new connection and is a member again gets
     * what it missed, or is told that it can't; any member can ask.
     *
     * <p>May be called again, for example in each connection event; with another history the bounds change. Nothing of it outlives
     * the server, or a time without members ({@code cloudobjects.history.idle}).
     *
     * @param group the group, at most 256 characters
     * @param history how much, at most as much as the settings {@code cloudobjects.history.…} allow
     * @throws IllegalArgumentException when the name is too long
     * @throws IllegalStateException when no object is current
     */
    void keep(String group, History history);

    /** Drops what is kept of a group, and keeps nothing of it any more; does nothing when nothing is kept. */
    void forget(String group);

    /**
     * Lets connections watch who is present in a place: their clients get what changes, and may ask who is there
     * ({@code socket.presence(place)} of the SDK). No client watches by itself. It ends with the connection, or by {@link #unwatch}.
     *
     * @return how many connections began to watch
     * @throws CloudObjectException with code -1 when the target names nobody, 503 when too many places are watched, 429 when a
     *     connection watches too many
     * @throws IllegalStateException when no object is current and the target or the place names none
     */
    int watch(Target who, Place place);

    /** The same for a target that is written in place: {@link #watch(Target, Place)}. */
    default int watch(UnaryOperator<Selector> who, Place place) {
        return watch(Target.of(who), place);
    }

    /**
     * The same for the connection of the call in progress.
     *
     * @throws IllegalStateException when the call in progress did not come through a connection
     */
    void watch(Place place);

    /**
     * Ends that connections watch a place.
     *
     * @return how many did
     * @throws CloudObjectException with code -1 when the target names nobody
     */
    int unwatch(Target who, Place place);

    /** The same for a target that is written in place: {@link #unwatch(Target, Place)}. */
    default int unwatch(UnaryOperator<Selector> who, Place place) {
        return unwatch(Target.of(who), place);
    }

    /**
     * Has the changes of a place fired as CDI events from now on: see {@link PresenceChange}. May be called again.
     *
     * @throws CloudObjectException with code 503 when too many places are watched
     */
    void observe(Place place);

    /** Fires the changes of a place no longer. */
    void unobserve(Place place);

    /**
     * Sets what the member that the connection of the call in progress belongs to shows of itself where it is present, for example a
     * name. Of several connections of a user, what was set last counts.
     *
     * @param data any JSON-B value, by default at most 1024 bytes as JSON ({@code cloudobjects.presence.max-data-bytes}); {@code null} for none
     * @throws CloudObjectException with code 400 when it is too large
     * @throws IllegalStateException when the call in progress did not come through a connection
     */
    void presenceData(@Nullable Object data);

    /**
     * Who is present in a place, a page at a time, in the order of the members' ids.
     *
     * @param after the {@code next} of the page before; {@code null} for the first page
     * @param limit the most members to give, 1 to 1000
     * @throws IllegalArgumentException when {@code limit} is out of range
     */
    Here here(Place place, @Nullable String after, int limit);

    /** The same for another cloud object. */
    WebSocketManage on(String path);
}
