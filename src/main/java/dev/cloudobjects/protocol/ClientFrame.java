package dev.cloudobjects.protocol;

import dev.cloudobjects.json.Payload;
import org.jspecify.annotations.Nullable;

/** What a client sends. */
public sealed interface ClientFrame {

    /**
     * Opens the connection: the first frame where the dialect {@linkplain Codec#awaitsConnect() awaits} it.
     *
     * @param data the data of the connection event; {@link Payload#NULL} when the client gave none
     * @param batch whether the client takes several frames in one message
     * @param token the token of the user whom the ticket names, for the events to see; {@code null} when the client gave none
     */
    record Connect(Payload data, boolean batch, @Nullable String token) implements ClientFrame {

        /** That of a client that takes one frame at a time, and shows no token. */
        public Connect(Payload data) {
            this(data, false, null);
        }

        /** The same frame with other data. */
        public Connect with(Payload other) {
            return new Connect(other, batch, token);
        }

        /** Without the token, which has no place in a log. */
        @Override
        public String toString() {
            return "Connect[data=" + data + ", batch=" + batch + "]";
        }
    }

    /**
     * A message for the cloud object.
     *
     * @param id a number by which an acknowledgement or an error event refers to this message, at least 1; {@code null}
     *     when the client gave none and wants no answer
     * @param data the data of the message event; {@link Payload#NULL} when the client gave none
     */
    record Message(@Nullable Long id, Payload data) implements ClientFrame {}

    /**
     * Puts a newer token of the same user in the place of the one that the connection was opened with.
     *
     * @param id a number by which the answer refers to this frame, at least 1; {@code null} when the client gave none
     * @param token the token
     */
    record Auth(@Nullable Long id, String token) implements ClientFrame {

        /** Without the token, which has no place in a log. */
        @Override
        public String toString() {
            return "Auth[id=" + id + "]";
        }
    }

    /** Asks for a {@link ServerFrame.Pong}. */
    record Ping() implements ClientFrame {}

    /** Answers a {@link ServerFrame.Ping}. */
    record Pong() implements ClientFrame {}
}
