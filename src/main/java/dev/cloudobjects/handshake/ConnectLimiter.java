package dev.cloudobjects.handshake;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.http.LimitExceeded;
import dev.cloudobjects.limit.KeyedRateLimiter;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.Rate;
import dev.cloudobjects.limit.RateLimiter;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.session.Sessions;
import dev.cloudobjects.time.NanoClock;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Limits how many clients connect, and how fast: in total, per network and per user. */
@UnproxiedSingleton
class ConnectLimiter {

    /** Over how many seconds the rates are averaged. After a restart, a user reconnects with all tabs at once. */
    private static final int SECONDS = 10;

    /** How many users, and how many networks, are remembered. */
    private static final int MOST_REMEMBERED = 50_000;

    private static final Meter HANDSHAKE = Meter.HANDSHAKES_OVER_RATE;

    private final Sessions connections;
    private final NanoClock clock;
    private final Meters meters;
    private final RateLimiter everyone;
    private final KeyedRateLimiter users;
    private final KeyedRateLimiter networks;

    @Inject
    ConnectLimiter(Settings settings, Sessions connections, NanoClock clock, Meters meters) {
        this.connections = connections;
        this.clock = clock;
        this.meters = meters;
        this.everyone = new RateLimiter(Rate.over(SECONDS, settings.get(Keys.CONNECTS_RATE)));
        this.users = rates(settings.get(Keys.CONNECTS_RATE_PER_USER));
        // Behind a proxy that is not configured, every client has the address of that proxy.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        this.networks = rates(addressesKnown ? settings.get(Keys.CONNECTS_RATE_PER_ADDRESS) : 0);
    }

    private KeyedRateLimiter rates(int perSecond) {
        return new KeyedRateLimiter(Rate.over(SECONDS, perSecond), MOST_REMEMBERED, clock::nanos);
    }

    /**
     * Counts a handshake, before anything else is checked, so that a refusal costs little.
     *
     * @throws LimitExceeded with code 429 when the network exceeds its rate, 503 when all clients together do
     */
    void countAttempt(@Nullable String address) {
        if (address != null && !networks.take(Network.of(address))) {
            throw tooFast(HANDSHAKE, Code.TOO_MANY, "too many connects from this address: try again later");
        }
        if (!everyone.take(clock.nanos())) {
            throw tooFast(HANDSHAKE, Code.UNAVAILABLE, "too many connect at the moment: try again");
        }
    }

    /** Counts a handshake that the filters have accepted. @throws LimitExceeded as {@link #check} does */
    void countConnect(Caller caller) {
        requireRoom(caller);
        String uid = caller.uid();
        if (uid != null && !users.take(uid)) {
            String why = "this user connects too often: try again later";
            connections.traces().refused(uid, "any object", Code.TOO_MANY.value(), why);
            throw tooFast(HANDSHAKE, Code.TOO_MANY, why);
        }
    }

    /**
     * Checks whether a caller could connect now, without counting it.
     *
     * @throws LimitExceeded with code 429 when the user or the network exceeds a limit, 503 when all clients together do
     */
    void check(Caller caller) {
        requireRoom(caller);
        String uid = caller.uid();
        String address = caller.client().address();
        if ((uid != null && !users.has(uid)) || (address != null && !networks.has(Network.of(address)))) {
            String why = "too many connects: try again later";
            connections.traces().refused(uid, "any object", Code.TOO_MANY.value(), why);
            throw tooFast(Meter.CONNECTS_OVER_RATE, Code.TOO_MANY, why);
        }
        if (!everyone.has(clock.nanos())) {
            throw tooFast(Meter.CONNECTS_OVER_RATE, Code.UNAVAILABLE, "too many connect at the moment: try again");
        }
    }

    private void requireRoom(Caller caller) {
        Optional<CloudObjectException> none = connections.crowdedOut(caller);
        if (none.isPresent()) {
            meters.count(Meter.CONNECTIONS_CROWDED_OUT);
            CloudObjectException why = none.get();
            connections.traces().refused(caller.uid(), "any object", why.code(), why.getMessage());
            throw new LimitExceeded(why);
        }
    }

    private LimitExceeded tooFast(Meter meter, Code code, String msg) {
        meters.count(meter);
        return new LimitExceeded(code, msg);
    }
}
