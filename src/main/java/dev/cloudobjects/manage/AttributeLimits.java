package dev.cloudobjects.manage;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;

/**
 * How much may be kept about one connection.
 *
 * @param names most names
 * @param bytes most bytes of names and values together, as one JSON object in UTF-8
 */
record AttributeLimits(int names, int bytes) {

    /** The limits that are configured. */
    static AttributeLimits of(Settings settings) {
        return new AttributeLimits(settings.get(Keys.ATTRIBUTES_MAX_NAMES), settings.get(Keys.ATTRIBUTES_MAX_BYTES));
    }
}
