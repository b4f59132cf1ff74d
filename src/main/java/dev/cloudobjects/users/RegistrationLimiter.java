package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.limit.KeyedRateLimiter;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.Rate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Limits the registrations per client address. Safe for use by many threads. */
final class RegistrationLimiter {

    private static final int MOST = 50_000;

    private final Rate rate;
    private final KeyedRateLimiter addresses;
    private final Runnable whenRefused;

    /**
     * Creates a limiter.
     *
     * @param nanos a monotonic clock, in nanoseconds
     * @param whenRefused is called for each refused registration
     */
    RegistrationLimiter(Rate rate, LongSupplier nanos, Runnable whenRefused) {
        this.rate = rate;
        this.addresses = new KeyedRateLimiter(rate, MOST, nanos);
        this.whenRefused = whenRefused;
    }

    /** Counts a registration. @throws CloudObjectException with code 429 above the limit of the address */
    void count(@Nullable String address) {
        if (address != null && !addresses.take(Network.of(address))) {
            whenRefused.run();
            throw new CloudObjectException(Code.TOO_MANY, rate.pause());
        }
    }
}
