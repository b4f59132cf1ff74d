package dev.cloudobjects.session;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * What one session may use.
 *
 * @param inboxMessages the most messages that wait for the handler
 * @param inboxBytes the most bytes of messages that wait for the handler
 * @param inboxTotalBytes the most bytes of all sessions that wait for handlers, or are of incomplete messages
 * @param acceptTimeout how long it may take altogether until the connection event has accepted or refused a session
 * @param messageRate how often its client may send
 * @param quotas how many sessions there may be
 * @param resume what is kept for clients whose socket was lost
 * @param sends what sends with options may keep
 */
public record SessionLimits(
        int inboxMessages,
        int inboxBytes,
        long inboxTotalBytes,
        Duration acceptTimeout,
        MessageRate.Rule messageRate,
        Quotas quotas,
        ResumeLimits resume,
        SendLimits sends) {

    /** How long a handler may take to end after its interrupt. */
    public static final Duration HANDLER_GRACE = Duration.ofSeconds(5);

    /** The limits that are configured. */
    public static SessionLimits of(Settings settings) {
        return new SessionLimits(
                settings.get(Keys.INBOX_MAX_MESSAGES),
                settings.get(Keys.INBOX_MAX_BYTES),
                settings.get(Keys.INBOX_TOTAL_BYTES),
                settings.get(Keys.CONNECT_TIMEOUT)
                        .plus(settings.get(Keys.HANDLER_TIMEOUT))
                        .plus(HANDLER_GRACE),
                MessageRate.Rule.of(
                        settings.get(Keys.MESSAGE_RATE),
                        settings.get(Keys.MESSAGE_BURST),
                        settings.get(Keys.MESSAGE_MAX_DROPPED)),
                Quotas.of(settings),
                ResumeLimits.of(settings),
                SendLimits.of(settings));
    }
}
