package dev.cloudobjects.reach;

import dev.cloudobjects.json.Payload;

/**
 * A message of an application.
 *
 * @param data its data
 * @param encryptedOnly whether it goes to connections with an encrypted channel only
 * @param by who sends it
 */
public record Message(Payload data, boolean encryptedOnly, Sender by) {}
