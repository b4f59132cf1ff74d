package dev.cloudobjects.users;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;

/**
 * The settings of login sessions.
 *
 * @param life the lifetime of a token
 * @param renewal the time before its expiry from which a token can be renewed
 * @param mostPerUser the maximum number of login sessions per user
 * @param demo whether demo accounts may log in
 */
record LoginSessionPolicy(Duration life, Duration renewal, int mostPerUser, boolean demo) {

    static LoginSessionPolicy of(Settings settings) {
        return new LoginSessionPolicy(
                settings.get(Keys.TOKEN_LIFE),
                settings.get(Keys.TOKEN_RENEWAL),
                settings.get(Keys.TOKEN_MAX_PER_USER),
                settings.get(Keys.DEMO));
    }
}
