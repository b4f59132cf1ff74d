package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.limit.Rates;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many accounts one address may register. Safe for use by many threads. */
final class Registrations {

    private static final int MOST = 50_000;

    private final Rate rate;
    private final Rates addresses;
    private final Runnable whenRefused;

    /**
     * Registrations at a rate.
     *
     * @param nanos a clock that never jumps
     * @param whenRefused told of each that is refused
     */
    Registrations(Rate rate, LongSupplier nanos, Runnable whenRefused) {
        this.rate = rate;
        this.addresses = new Rates(rate, MOST, nanos);
        this.whenRefused = whenRefused;
    }

    /** Counts one. @throws CloudObjectException with code 429 when too many came from the address */
    void count(@Nullable String address) {
        if (address != null && !addresses.take(Network.of(address))) {
            whenRefused.run();
            throw new CloudObjectException(Code.TOO_MANY, rate.pause());
        }
    }
}
