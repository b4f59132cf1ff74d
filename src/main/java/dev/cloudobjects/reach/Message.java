package dev.cloudobjects.reach;

import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.json.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message of an application.
 *
 * @param data its data
 * @param encryptedOnly whether it goes to connections with an encrypted channel only
 * @param policy what becomes of it where older messages wait; {@code null} where a connection without room is closed
 * @param by who sends it
 */
public record Message(Payload data, boolean encryptedOnly, SendOption.@Nullable Policy policy, Sender by) {

    /** A message without a policy. */
    public Message(Payload data, boolean encryptedOnly, Sender by) {
        this(data, encryptedOnly, null, by);
    }
}
