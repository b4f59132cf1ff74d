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
     */
    record Connect(Payload data, boolean batch, @Nullable String token, @Nullable Resume resume)
            implements ClientFrame {

        @Override
        public void handle(Handler by) {
            by.connect(this);
        }

        /** That of a client that takes one frame at a time, shows no token, and resumes no session. */
        public Connect(Payload data) {
            this(data, false, null, null);
        }

        /** The same frame with other data. */
        public Connect with(Payload other) {
            return new Connect(other, batch, token, resume);
        }

        /** Without the token, which has no place in a log. */
        @Override
        public String toString() {
            return "Connect[data=" + data + ", batch=" + batch + ", resume=" + resume + "]";
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
