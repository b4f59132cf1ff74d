package dev.cloudobjects.session;

import dev.cloudobjects.security.Login;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection has its login. What is left of the login is read from the time of day once, when the connection
 * gets it, and counted from there: a clock that is set ends no connection. Safe for use by many threads; one at a time
 * calls {@link #of}.
 */
final class Lease {

    private final NanoClock clock;
    private final InstantSource time;
    private volatile @Nullable Term term;

    Lease(NanoClock clock, InstantSource time) {
        this.clock = clock;
        this.time = time;
    }

    private record Term(Login login, long end) {}

    /** The connection has this login from now on; {@code null} for none. */
    void of(@Nullable Login login) {
        Term known = term;
        if (login == null) {
            term = null;
        } else if (known == null || !known.login().equals(login)) {
            term = new Term(login, clock.nanos() + login.left(time).toNanos());
        }
    }

    /** The login, if it has ended. */
    Optional<Login> ended() {
        Term known = term;
        return known != null && clock.nanos() - known.end() >= 0 ? Optional.of(known.login()) : Optional.empty();
    }
}
