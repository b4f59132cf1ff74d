package dev.cloudobjects.link;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * What one link may use, and how long it may take.
 *
 * @param queueMessages the most messages that wait to be written
 * @param queueBytes the most bytes that wait to be written
 * @param writeTimeout how long a write may take, and a close
 * @param pingInterval how long the client may be silent before it is pinged
 * @param pingTimeout how long a ping may stay without an answer
 * @param connectTimeout how long the connect frame may take to come
 * @param messageTimeout how long a message in fragments may take to be complete
 */
public record LinkLimits(
        int queueMessages,
        int queueBytes,
        Duration writeTimeout,
        Duration pingInterval,
        Duration pingTimeout,
        Duration connectTimeout,
        Duration messageTimeout) {

    /** The limits that are configured. */
    public static LinkLimits of(Settings settings) {
        return new LinkLimits(
                settings.get(Keys.QUEUE_MAX_MESSAGES),
                settings.get(Keys.QUEUE_MAX_BYTES),
                settings.get(Keys.WRITE_TIMEOUT),
                settings.get(Keys.PING_INTERVAL),
                settings.get(Keys.PING_TIMEOUT),
                settings.get(Keys.CONNECT_TIMEOUT),
                settings.get(Keys.MESSAGE_TIMEOUT));
    }
}
