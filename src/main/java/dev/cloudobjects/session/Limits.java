package dev.cloudobjects.session;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * What one connection may use.
 *
 * @param queueMessages most messages that wait to be written
 * @param queueBytes most bytes that wait to be written
 * @param inboxMessages most messages that wait for the handler
 * @param inboxBytes most bytes of messages that wait for the handler
 * @param inboxTotalBytes most bytes of all connections that wait for handlers, or are of incomplete messages
 * @param writeTimeout how long a write may take
 * @param pingInterval how long it may be silent before it is pinged
 * @param pingTimeout how long a ping may go unanswered
 * @param connectTimeout how long it may take to say what it wants
 * @param acceptTimeout how long it may take altogether until its connection event has accepted or refused it
 * @param messageTimeout how long a message may take to be complete
 * @param messageRate how often it may send
 * @param quotas how many connections there may be
 */
public record Limits(
        int queueMessages,
        int queueBytes,
        int inboxMessages,
        int inboxBytes,
        long inboxTotalBytes,
        Duration writeTimeout,
        Duration pingInterval,
        Duration pingTimeout,
        Duration connectTimeout,
        Duration acceptTimeout,
        Duration messageTimeout,
        MessageRate.Rule messageRate,
        Quotas quotas) {

    /** How long a handler may take to end after its interrupt. */
    public static final Duration HANDLER_GRACE = Duration.ofSeconds(5);

    /** The limits that are configured. */
    public static Limits of(Settings settings) {
        return new Limits(
                settings.get(Keys.QUEUE_MAX_MESSAGES),
                settings.get(Keys.QUEUE_MAX_BYTES),
                settings.get(Keys.INBOX_MAX_MESSAGES),
                settings.get(Keys.INBOX_MAX_BYTES),
                settings.get(Keys.INBOX_TOTAL_BYTES),
                settings.get(Keys.WRITE_TIMEOUT),
                settings.get(Keys.PING_INTERVAL),
                settings.get(Keys.PING_TIMEOUT),
                settings.get(Keys.CONNECT_TIMEOUT),
                settings.get(Keys.CONNECT_TIMEOUT)
                        .plus(settings.get(Keys.HANDLER_TIMEOUT))
                        .plus(HANDLER_GRACE),
                settings.get(Keys.MESSAGE_TIMEOUT),
                MessageRate.Rule.of(
                        settings.get(Keys.MESSAGE_RATE),
                        settings.get(Keys.MESSAGE_BURST),
                        settings.get(Keys.MESSAGE_MAX_DROPPED)),
                Quotas.of(settings));
    }
}
