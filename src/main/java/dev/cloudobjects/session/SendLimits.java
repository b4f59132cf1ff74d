package dev.cloudobjects.session;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;

/**
 * What sends with options may keep.
 *
 * @param rateKeys the most keys of one session whose rate is limited at a time
 * @param heldBytes the most bytes of one session that are held back because of a rate
 * @param receipts the most receipts that wait for one session
 * @param totalReceipts the most receipts that wait for all sessions together
 */
public record SendLimits(int rateKeys, int heldBytes, int receipts, int totalReceipts) {

    /** The limits that are configured. */
    static SendLimits of(Settings settings) {
        return new SendLimits(
                settings.get(Keys.SEND_MAX_RATE_KEYS),
                settings.get(Keys.QUEUE_MAX_BYTES),
                settings.get(Keys.RECEIPTS_MAX),
                settings.get(Keys.RECEIPTS_MAX_TOTAL));
    }
}
