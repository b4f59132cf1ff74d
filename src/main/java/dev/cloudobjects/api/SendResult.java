package dev.cloudobjects.api;

/**
 * What became of a send. Inside a transaction nothing is counted yet: the message leaves after the commit, never after
 * a rollback.
 *
 * @param matched connections that the target meant
 * @param queued of these, connections that the message was queued for, held back for by {@link SendOption#atMost}, or kept for
 *     because their client is away and may come back. It says nothing about the arrival of the message
 * @param unencrypted of those queued, connections without an encrypted channel, for which TLS alone protects the message
 * @param dropped of these, connections that had no room or that lack a required encrypted channel
 * @param unreachable of these, connections that had just ended, or whose node could not be reached
 * @param replaced earlier messages, of all connections together, that will not arrive because of this one: those of its key whose
 *     place it took, and those that {@link SendOption#dropOldest} dropped for it; as far as is known now, because one that is held
 *     back by {@link SendOption#atMost} may take the place of another as it leaves
 * @param deferred whether the send waits for the transaction in progress; all counts are 0 then
 */
public record SendResult(
        int matched, int queued, int unencrypted, int dropped, int unreachable, int replaced, boolean deferred) {

    private static final SendResult DEFERRED = new SendResult(0, 0, 0, 0, 0, 0, true);

    /** The result of a send that waits for its transaction. */
    public static SendResult waiting() {
        return DEFERRED;
    }
}
