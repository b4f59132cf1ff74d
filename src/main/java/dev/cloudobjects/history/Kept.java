package dev.cloudobjects.history;

import dev.cloudobjects.api.Target;
import dev.cloudobjects.protocol.OutgoingMessage;

/**
 * A message that is kept.
 *
 * @param pos its position in the group
 * @param message the message, encoded once for all who get it
 * @param to the target that it was sent to, which may except some
 * @param encryptedOnly whether it is for connections with an encrypted channel only
 * @param since when it was sent, by the clock for durations
 * @param bytes the memory that it is counted with
 */
public record Kept(long pos, OutgoingMessage message, Target to, boolean encryptedOnly, long since, int bytes) {}
