package dev.cloudobjects.request;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * What the requests of one connection may use.
 *
 * @param maxOpen the most requests of the server that have no answer yet
 * @param maxStreams the most streams that have not ended
 * @param creditTimeout how long a stream is kept whose client takes no more items
 */
public record RequestLimits(int maxOpen, int maxStreams, Duration creditTimeout) {

    /** The limits that are configured. */
    public static RequestLimits of(Settings settings) {
        return new RequestLimits(
                settings.get(Keys.REQUEST_MAX_OPEN),
                settings.get(Keys.STREAM_MAX_OPEN),
                settings.get(Keys.STREAM_CREDIT_TIMEOUT));
    }
}
