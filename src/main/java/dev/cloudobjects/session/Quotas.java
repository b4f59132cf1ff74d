package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.util.Optional;

/**
 * How many sessions there may be; 0 for no limit.
 *
 * @param all of everybody
 * @param perUser of one user
 * @param perAddress from one address
 */
public record Quotas(int all, int perUser, int perAddress) {

    /** What is configured. Addresses are counted only where the proxies are known: otherwise all could be that of one proxy. */
    static Quotas of(Settings settings) {
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        return new Quotas(
                settings.get(Keys.CONNECTIONS_MAX),
                settings.get(Keys.CONNECTIONS_MAX_PER_USER),
                addressesKnown ? settings.get(Keys.CONNECTIONS_MAX_PER_ADDRESS) : 0);
    }

    /**
     * How many sessions there are.
     *
     * @param all of everybody
     * @param ofUser of the user in question; 0 for nobody
     * @param fromAddress from the address in question; 0 when it is not known
     */
    record Count(int all, int ofUser, int fromAddress) {}

    /** Which quota is exceeded: code 503 for that of everybody, 429 for one's own. */
    Optional<CloudObjectException> exceeded(Count count) {
        if (exceeds(count.ofUser(), perUser)) {
            return Optional.of(new CloudObjectException(
                    Code.TOO_MANY, "a user may have " + perUser + " connections: close another one first"));
        }
        if (exceeds(count.fromAddress(), perAddress)) {
            return Optional.of(new CloudObjectException(
                    Code.TOO_MANY, "too many connections from this address: try again later"));
        }
        if (exceeds(count.all(), all)) {
            return Optional.of(
                    new CloudObjectException(Code.UNAVAILABLE, "the server has no room for more connections: try again"));
        }
        return Optional.empty();
    }

    private static boolean exceeds(int count, int most) {
        return most > 0 && count > most;
    }
}
