package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.json.Payload;
import org.jspecify.annotations.Nullable;

/** What a client sends. */
public sealed interface ClientFrame {

    /** Has this frame handled. A frame of a new kind compiles only where each handler says what it does with it. */
    void handle(Handler by);

    /** The number by which an answer refers to this frame; {@code null} when it has none. */
    default @Nullable Long id() {
        return null;
    }

    /** What is done with each kind of frame. */
    interface Handler {
        void connect(Connect connect);

        void message(Message message);

        void request(Request request);

        void response(Response response);

        void cancel(Cancel cancel);

        void credit(Credit credit);

        void auth(Auth auth);

        void ping(Ping ping);

        void pong(Pong pong);

        void catchUp(CatchUp catchUp);

        void here(Here here);
    }

    /**
     * Opens the connection: the first frame where the dialect {@linkplain Codec#awaitsConnect() awaits} it.
     *
     * @param data the data of the connection event; {@link Payload#NULL} when the client gave none
     * @param batch whether the client takes several frames in one message
     * @param token the token of the user whom the ticket names, for the events to see; {@code null} when the client gave none
     * @param resume how the client resumes sessions; {@code null} when it does not
     * @param requests whether the client answers requests of the server
     */
    record Connect(
            Payload data, boolean batch, @Nullable String token, @Nullable Resume resume, boolean requests)
            implements ClientFrame {

        @Override
        public void handle(Handler by) {
            by.connect(this);
        }

        /** That of a client that takes one frame at a time, shows no token, resumes no session and answers no request. */
        public Connect(Payload data) {
            this(data, false, null, null, false);
        }

        /** The same frame with other data. */
        public Connect with(Payload other) {
            return new Connect(other, batch, token, resume, requests);
        }

        /** Without the token, which has no place in a log. */
        @Override
        public String toString() {
            return "Connect[data=" + data + ", batch=" + batch + ", resume=" + resume + ", requests=" + requests + "]";
        }
    }

    /**
     * That a client can resume sessions.
     *
     * @param earlier the session that it wants to resume; {@code null} for none
     */
    record Resume(@Nullable Earlier earlier) {}

    /**
     * A session whose socket was lost.
     *
     * @param cid its cid
     * @param secret the secret that its client was given
     * @param received how many counted frames the client got of it, at least 0
     */
    record Earlier(String cid, String secret, long received) {

        /** Without the secret, which has no place in a log. */
        @Override
        public String toString() {
            return "Earlier[cid=" + cid + ", received=" + received + "]";
        }
    }

    /**
     * A message for the cloud object.
     *
     * @param id a number by which an acknowledgement or an error event refers to this message, at least 1; {@code null}
     *     when the client gave none and wants no answer
     * @param data the data of the message event; {@link Payload#NULL} when the client gave none
     */
    record Message(@Nullable Long id, Payload data) implements ClientFrame {
        @Override
        public void handle(Handler by) {
            by.message(this);
        }
    }

    /**
     * A message for the cloud object, or for a method of it, of which the client wants the result.
     *
     * @param number the id by which the answer refers to this frame, at least 1
     * @param method the name of the method that is called; {@code null} for the message event
     * @param credit how many items the client takes if the result is a stream, from 1 to {@link #MAX_CREDIT}; {@code null}
     *     when it takes no stream
     * @param data the data; {@link Payload#NULL} when the client gave none
     */
    record Request(long number, @Nullable String method, @Nullable Integer credit, Payload data)
            implements ClientFrame {

        /** The most items that a client may be ready to take at a time. */
        public static final int MAX_CREDIT = 1000;

        @Override
        public Long id() {
            return number;
        }

        @Override
        public void handle(Handler by) {
            by.request(this);
        }
    }

    /**
     * The answer to a {@link ServerFrame.Request}.
     *
     * @param number the id by which an acknowledgement refers to this frame, at least 1
     * @param re the id of the request
     * @param data the result; {@link Payload#NULL} when the client gave none, or failed
     * @param err why the client failed; {@code null} when it did not
     */
    record Response(long number, long re, Payload data, @Nullable ErrorBody err) implements ClientFrame {

        @Override
        public Long id() {
            return number;
        }

        @Override
        public void handle(Handler by) {
            by.response(this);
        }
    }

    /**
     * The client does not want the answer to its request any more.
     *
     * @param re the id of the request
     */
    record Cancel(long re) implements ClientFrame {
        @Override
        public void handle(Handler by) {
            by.cancel(this);
        }
    }

    /**
     * The client takes more items of a stream.
     *
     * @param re the id of the request
     * @param total how many items it takes altogether, those that it has got included, at least 1
     */
    record Credit(long re, long total) implements ClientFrame {
        @Override
        public void handle(Handler by) {
            by.credit(this);
        }
    }

    /**
     * Puts a newer token of the same user in the place of the one that the connection was opened with.
     *
     * @param id a number by which the answer refers to this frame, at least 1; {@code null} when the client gave none
     * @param token the token
     */
    record Auth(@Nullable Long id, String token) implements ClientFrame {

        @Override
        public void handle(Handler by) {
            by.auth(this);
        }

        /** Without the token, which has no place in a log. */
        @Override
        public String toString() {
            return "Auth[id=" + id + "]";
        }
    }

    /**
     * Asks for what the client lacks of a group that it is a member of.
     *
     * @param id a number by which the answer refers to this frame, at least 1; {@code null} when the client gave none
     * @param group the group
     * @param since the position up to which the client has all; {@code null} for the beginning of what is kept
     */
    record CatchUp(@Nullable Long id, String group, ServerFrame.@Nullable Position since) implements ClientFrame {
        @Override
        public void handle(Handler by) {
            by.catchUp(this);
        }
    }

    /**
     * Asks who is at a place that the client watches.
     *
     * @param id a number by which the answer refers to this frame, at least 1; {@code null} when the client gave none
     * @param place the place; without a path at the object that the connection is to
     * @param after the member behind which the page begins; {@code null} for the first page
     * @param limit the most members, at least 1
     */
    record Here(@Nullable Long id, Place place, @Nullable String after, int limit) implements ClientFrame {
        @Override
        public void handle(Handler by) {
            by.here(this);
        }
    }

    /**
     * Asks for a {@link ServerFrame.Pong}.
     *
     * @param received how many counted frames the client got in the session; {@code null} when it does not say
     */
    record Ping(@Nullable Long received) implements ClientFrame {

        /** One that says no count. */
        public Ping() {
            this(null);
        }

        @Override
        public void handle(Handler by) {
            by.ping(this);
        }
    }

    /**
     * Answers a {@link ServerFrame.Ping}, or only says a count.
     *
     * @param received how many counted frames the client got in the session; {@code null} when it does not say
     */
    record Pong(@Nullable Long received) implements ClientFrame {

        /** One that says no count. */
        public Pong() {
            this(null);
        }

        @Override
        public void handle(Handler by) {
            by.pong(this);
        }
    }
}
