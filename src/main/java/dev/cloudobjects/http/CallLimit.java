package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.limit.KeyedCounter;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how many calls over HTTP run at the same time: in total, from one network and of one method. A call whose handler ignores
 * its interrupt counts until it returns, because it keeps its thread. Safe for use by many threads.
 */
@UnproxiedSingleton
class CallLimit {

    private final int most;
    private final int mostPerNetwork;
    private final int mostPerMethod;
    private final Meters meters;
    private final AtomicInteger all = new AtomicInteger();
    private final KeyedCounter networks = new KeyedCounter();
    private final KeyedCounter methods = new KeyedCounter();

    @Inject
    CallLimit(Settings settings, Meters meters) {
        this.most = settings.get(Keys.HTTP_MAX_CALLS);
        // Behind a proxy that is not configured, every client has the address of that proxy.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        this.mostPerNetwork = addressesKnown ? settings.get(Keys.HTTP_MAX_CALLS_PER_ADDRESS) : 0;
        this.mostPerMethod = settings.get(Keys.HTTP_MAX_CALLS_PER_METHOD);
        this.meters = meters;
    }

    /**
     * Checks whether one more call could run now, without counting it.
     *
     * @throws LimitExceeded with code 429 when its network is at its limit, 503 when its method or the server is
     */
    void check(String address, String method) {
        refuseBeyond(all.get() + 1, networks.of(Network.of(address)) + 1, methods.of(method) + 1);
    }

    /** Counts a call that begins. {@link #leave} must follow, unless this throws. @throws LimitExceeded as {@link #check} does */
    void enter(String address, String method) {
        try {
            refuseBeyond(all.incrementAndGet(), networks.add(Network.of(address)), methods.add(method));
        } catch (LimitExceeded e) {
            leave(address, method);
            throw e;
        }
    }

    /** The call has ended. */
    void leave(String address, String method) {
        all.decrementAndGet();
        networks.remove(Network.of(address));
        methods.remove(method);
    }

    private void refuseBeyond(int inAll, int ofNetwork, int ofMethod) {
        if (mostPerNetwork > 0 && ofNetwork > mostPerNetwork) {
            throw tooMany(Code.TOO_MANY, "too many calls from this address run: try again later");
        }
        if (mostPerMethod > 0 && ofMethod > mostPerMethod) {
            throw tooMany(Code.UNAVAILABLE, "too many calls of this method run at the moment: try again");
        }
        if (most > 0 && inAll > most) {
            throw tooMany(Code.UNAVAILABLE, "too many calls run at the moment: try again");
        }
    }

    private LimitExceeded tooMany(Code code, String msg) {
        meters.count(Meter.CALLS_CROWDED_OUT);
        return new LimitExceeded(code, msg);
    }
}
