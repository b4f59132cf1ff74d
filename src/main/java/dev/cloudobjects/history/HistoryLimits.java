package dev.cloudobjects.history;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * What may be kept.
 *
 * @param messages the most messages of one group
 * @param bytes the most bytes of one group
 * @param totalBytes the most bytes of all groups together
 * @param groups the most groups
 * @param age the greatest age of a message
 * @param idle how long the history of a group is kept that nobody is in
 */
public record HistoryLimits(int messages, int bytes, long totalBytes, int groups, Duration age, Duration idle) {

    /** The limits that are configured. */
    public static HistoryLimits of(Settings settings) {
        return new HistoryLimits(
                settings.get(Keys.HISTORY_MAX_MESSAGES),
                settings.get(Keys.HISTORY_MAX_BYTES),
                settings.get(Keys.HISTORY_TOTAL_BYTES),
                settings.get(Keys.HISTORY_MAX_GROUPS),
                settings.get(Keys.HISTORY_MAX_AGE),
                settings.get(Keys.HISTORY_IDLE));
    }
}
