package dev.cloudobjects.api;

import java.util.concurrent.CompletionStage;

/**
 * The receipt of a message for one connection.
 *
 * @param cid the connection
 * @param outcome completes once, on a thread of handlers, or at once where the outcome is known as the message is sent; never on
 *     a thread that reads or writes sockets. It fails with a {@link CloudObjectException} where there can be no receipt: with code
 *     501 when the client does not confirm what it receives ({@link Until#ACKNOWLEDGED}), with 429 when too many receipts wait.
 *     The message itself is sent all the same
 */
public record Receipt(String cid, CompletionStage<Outcome> outcome) {

    /** What became of a message. */
    public enum Outcome {
        /** It was given to the socket of the client. */
        WRITTEN,
        /** The client has it. */
        ACKNOWLEDGED,
        /** A newer message of its key has taken its place before it was written. */
        REPLACED,
        /** There was no room for it, or it made room for a newer one, or the connection lacked a required encrypted channel. */
        DROPPED,
        /** The connection has ended before. The message may have arrived or not. */
        ENDED
    }
}
