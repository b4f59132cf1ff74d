package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.json.Payload;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server sends. */
public sealed interface ServerFrame {

    /** What to make of this frame. A frame of a new kind compiles only where each fold says what to make of it. */
    <R extends @Nullable Object> R fold(Fold<R> fold);

    /** Whether it counts among the frames that a client resumes by. What belongs to one socket alone does not. */
    default boolean isCounted() {
        return true;
    }

    /** What to make of each kind of frame. */
    interface Fold<R extends @Nullable Object> {
        R connected(Connected connected);

        R message(Message message);

        R event(Event event);

        R ack(Ack ack);

        R response(Response response);

        R item(Item item);

        R endOfStream(EndOfStream end);

        R request(Request request);

        R cancel(Cancel cancel);

        R authenticated(Authenticated authenticated);

        R reconnect(Reconnect reconnect);

        R ping(Ping ping);

        R pong(Pong pong);

        R joined(Joined joined);

        R caughtUp(CaughtUp caughtUp);

        R presence(Presence presence);

        R members(Members members);
    }

    /**
     * The connection is open: the first frame that a client gets.
     *
     * @param cid the connection's id
     * @param pingIntervalMillis how long the client may be silent before the server pings it, in milliseconds
     * @param resume what the client needs to resume the session later; {@code null} when it can't, or knows it already
     * @param recovery what came of the client's wish to resume; {@code null} when it had none
     */
    record Connected(
            String cid, long pingIntervalMillis, @Nullable Resumable resume, @Nullable Recovery recovery)
            implements ServerFrame {

        @Override
        public boolean isCounted() {
            return false;
        }

        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.connected(this);
        }
    }

    /**
     * That a session can be resumed.
     *
     * @param secret what the client shows as it comes back
     * @param windowMillis how long the session stays after its socket was lost, in milliseconds
     */
    record Resumable(String secret, long windowMillis) {

        /** Without the secret, which has no place in a log. */
        @Override
        public String toString() {
            return "Resumable[windowMillis=" + windowMillis + "]";
        }
    }

    /** What came of a client's wish to resume a session. */
    sealed interface Recovery {

        /**
         * The session goes on.
         *
         * @param received the largest id of the frames that the server has of the client in this session; 0 for none
         */
        record Recovered(long received) implements Recovery {}

        /** The session can't go on; this is a new one. */
        record Missed(Reason why) implements Recovery {}
    }

    /** Why a session can't be resumed. */
    enum Reason {
        /** There is no such session (any more). */
        EXPIRED,
        /** It was one of another start of a server. */
        RESTARTED,
        /** More was sent than was kept. */
        INCOMPLETE,
        /** The client is another one, or wants something else. */
        CHANGED;

        /** The name that travels. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Data from the application.
     *
     * @param data the data, already checked for a top-level {@code vkWebSocket}
     * @param position where it is among the messages of a group that keeps them; {@code null} for any other message
     */
    record Message(Payload data, @Nullable Position position) implements ServerFrame {

        /** A message without a position. */
        public Message(Payload data) {
            this(data, null);
        }

        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.message(this);
        }
    }

    /**
     * An event of the framework: what {@code onVkMessage} gets.
     *
     * @param type what happened
     * @param data what comes with it, or {@code null}
     * @param err what went wrong, or {@code null}
     * @param close whether the server closes the connection after this event
     * @param re the id of the message that the event is about, or {@code null}
     */
    record Event(
            EventType type, Payload.@Nullable Json data, @Nullable ErrorBody err, boolean close, @Nullable Long re)
            implements ServerFrame {

        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.event(this);
        }

        /** An {@code error} that no call is behind: it has no request id. */
        public static Event error(int code, String msg, boolean close, @Nullable Long re) {
            return new Event(EventType.ERROR, null, new ErrorBody(code, msg, null), close, re);
        }
    }

    /**
     * A message with an id was handled. Acknowledgements of one connection come in the order of its messages.
     *
     * @param id the message's id
     */
    record Ack(long id) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.ack(this);
        }
    }

    /**
     * The result of a request of the client. It stands in the place of an {@link Ack}.
     *
     * @param re the id of the request
     */
    record Response(long re, Payload data) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.response(this);
        }
    }

    /**
     * One item of the result of a request, which is a stream.
     *
     * @param re the id of the request
     */
    record Item(long re, Payload data) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.item(this);
        }
    }

    /**
     * The stream that is the result of a request has no more items.
     *
     * @param re the id of the request
     */
    record EndOfStream(long re) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.endOfStream(this);
        }
    }

    /**
     * Asks the client for a {@link ClientFrame.Response}.
     *
     * @param id a number of the server's own, by which the answer refers to this frame
     */
    record Request(long id, Payload data) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.request(this);
        }
    }

    /**
     * The server does not want the answer to its request any more.
     *
     * @param re the id of the request
     */
    record Cancel(long re) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.cancel(this);
        }
    }

    /**
     * The connection has the login of another token now.
     *
     * @param tokenExpired when that token ends, in milliseconds since 1970
     * @param re the id of the frame that brought the token, or {@code null}
     */
    record Authenticated(long tokenExpired, @Nullable Long re) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.authenticated(this);
        }
    }

    /**
     * The server is about to close the connection because it restarts. Only in {@code cloudobjects.v1}.
     *
     * @param withinMillis within which time the client should come back, at a moment that it draws, in milliseconds
     */
    record Reconnect(long withinMillis) implements ServerFrame {
        @Override
        public boolean isCounted() {
            return false;
        }

        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.reconnect(this);
        }
    }

    /**
     * A place among the messages of a group.
     *
     * @param group the group
     * @param pos the number of a message, from 1 on; 0 for the place before the first
     * @param epoch the numbering that {@code pos} belongs to
     */
    record Position(String group, long pos, String epoch) {}

    /** The connection gets the messages of a group that keeps them. @param head the position of the last one so far */
    record Joined(Position head) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.joined(this);
        }
    }

    /**
     * The client has what it lacked of a group, or the first part, or is told that it can't.
     *
     * @param re the id of the client's frame, or {@code null}
     * @param reached the position up to which it has all that is kept
     * @param more whether more is kept behind that, which the client has to ask for
     * @param gap why something is missing; {@code null} when nothing is
     */
    record CaughtUp(@Nullable Long re, Position reached, boolean more, @Nullable Gap gap) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.caughtUp(this);
        }
    }

    /**
     * Members of a place that the client watches have changed.
     *
     * @param place the place, with its path
     * @param version the version of the place behind the changes; those of one version may come in several frames
     * @param changes the changes; none when the client begins to watch, or may no longer
     * @param over whether the client may watch no longer
     */
    record Presence(Place place, long version, List<PresenceChange> changes, boolean over) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.presence(this);
        }
    }

    /**
     * Some members of a place that the client watches.
     *
     * @param re the id of the client's frame, or {@code null}
     * @param page the members
     */
    record Members(@Nullable Long re, Here page) implements ServerFrame {
        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.members(this);
        }
    }

    /** Why messages of a group are missing. */
    enum Gap {
        /** They are kept no longer. */
        EXPIRED,
        /** The client's position is of another epoch: the server was started anew, or the history has ended. */
        RESTARTED;

        /** The name that travels. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Asks for a {@link ClientFrame.Pong}. */
    record Ping() implements ServerFrame {
        @Override
        public boolean isCounted() {
            return false;
        }

        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.ping(this);
        }
    }

    /** Answers a {@link ClientFrame.Ping}. */
    record Pong() implements ServerFrame {
        @Override
        public boolean isCounted() {
            return false;
        }

        @Override
        public <R extends @Nullable Object> R fold(Fold<R> fold) {
            return fold.pong(this);
        }
    }
}
