package dev.cloudobjects.presence;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;

/**
 * How much presence there may be.
 *
 * @param places the most places that are watched
 * @param perConnection the most places that one connection watches
 * @param dataBytes the most bytes of the data of a connection, as JSON
 */
public record PresenceLimits(int places, int perConnection, int dataBytes) {

    /** The limits that are configured. */
    public static PresenceLimits of(Settings settings) {
        return new PresenceLimits(
                settings.get(Keys.PRESENCE_MAX_PLACES),
                settings.get(Keys.PRESENCE_MAX_PLACES_PER_CONNECTION),
                settings.get(Keys.PRESENCE_MAX_DATA_BYTES));
    }
}
