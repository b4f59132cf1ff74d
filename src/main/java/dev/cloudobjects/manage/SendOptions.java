package dev.cloudobjects.manage;

import dev.cloudobjects.api.SendOption;
import org.jspecify.annotations.Nullable;

/**
 * The options of one send.
 *
 * @param encryptedOnly whether the message goes to connections with an encrypted channel only
 * @param policy what becomes of it where older messages wait; {@code null} where a connection without room is closed
 */
record SendOptions(boolean encryptedOnly, SendOption.@Nullable Policy policy) {

    private static final SendOptions NONE = new SendOptions(false, null);

    /** @throws IllegalArgumentException when two of them exclude each other */
    static SendOptions of(SendOption... options) {
        if (options.length == 0) {
            return NONE;
        }
        boolean encryptedOnly = false;
        SendOption.Policy policy = null;
        for (SendOption option : options) {
            if (option instanceof SendOption.Encryption encryption) {
                encryptedOnly |= encryption.required();
            } else if (option instanceof SendOption.Policy one) {
                if (policy != null) {
                    throw new IllegalArgumentException(
                            "options: " + policy + " and " + one + " exclude each other: a send has one policy at most");
                }
                policy = one;
            } else {
                throw new IllegalArgumentException("options: an option is null");
            }
        }
        return new SendOptions(encryptedOnly, policy);
    }
}
