package dev.cloudobjects.users;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * How long sessions last, and whose there are.
 *
 * @param life how long a token is good
 * @param renewal how long before its end it may be renewed
 * @param mostPerUser the most sessions of one user
 * @param demo whether the demo's accounts may have any
 */
record SessionPolicy(Duration life, Duration renewal, int mostPerUser, boolean demo) {

    static SessionPolicy of(Settings settings) {
        return new SessionPolicy(
                settings.get(Keys.TOKEN_LIFE),
                settings.get(Keys.TOKEN_RENEWAL),
                settings.get(Keys.TOKEN_MAX_PER_USER),
                settings.get(Keys.DEMO));
    }
}
