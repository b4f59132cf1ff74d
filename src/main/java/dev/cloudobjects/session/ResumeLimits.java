package dev.cloudobjects.session;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * What is kept for clients whose socket was lost.
 *
 * @param offered whether sessions can be resumed at all
 * @param window how long a session stays after its socket was lost
 * @param messages the most frames that are kept of one session
 * @param bytes the most bytes that are kept of one session
 * @param totalBytes the most bytes that are kept of all sessions together; a frame that many have counts once
 * @param sessions the most sessions that are away at a time
 */
public record ResumeLimits(
        boolean offered, Duration window, int messages, int bytes, long totalBytes, int sessions) {

    /** The limits that are configured. */
    static ResumeLimits of(Settings settings) {
        return new ResumeLimits(
                settings.get(Keys.RESUME),
                settings.get(Keys.RESUME_WINDOW),
                settings.get(Keys.RESUME_MAX_MESSAGES),
                settings.get(Keys.RESUME_MAX_BYTES),
                settings.get(Keys.RESUME_TOTAL_BYTES),
                settings.get(Keys.RESUME_MAX_SESSIONS));
    }
}
