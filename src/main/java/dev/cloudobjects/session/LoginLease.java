package dev.cloudobjects.session;

import dev.cloudobjects.security.Login;
import dev.cloudobjects.time.NanoClock;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a session has its login. The time that is left is computed from the time of day once, when the session gets
 * the login, and then measured by a clock that never jumps: setting the time of day ends no session. Safe for use by many threads; one at a time
 * calls {@link #of}.
 */
final class LoginLease {

    private final NanoClock clock;
    private final InstantSource time;
    private volatile @Nullable Term term;

    LoginLease(NanoClock clock, InstantSource time) {
        this.clock = clock;
        this.time = time;
    }

    private record Term(Login login, long end) {}

    /** The session has this login from now on; {@code null} for none. */
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
