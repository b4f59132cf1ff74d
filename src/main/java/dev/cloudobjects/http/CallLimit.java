package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.Tally;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls over HTTP run at once, from one address and of one method. One whose handler ignores its interrupt counts until it
 * returns, because it keeps its thread. Safe for use by many threads.
 */
@Part
class CallLimit {

    private final int most;
    private final int mostPerNetwork;
    private final int mostPerMethod;
    private final Meters meters;
    private final AtomicInteger all = new AtomicInteger();
    private final Tally networks = new Tally();
    private final Tally methods = new Tally();

    @Inject
    CallLimit(Settings settings, Meters meters) {
        this.most = settings.get(Keys.HTTP_MAX_CALLS);
        // Behind a proxy that nobody named, all addresses are that proxy's.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        this.mostPerNetwork = addressesKnown ? settings.get(Keys.HTTP_MAX_CALLS_PER_ADDRESS) : 0;
        this.mostPerMethod = settings.get(Keys.HTTP_MAX_CALLS_PER_METHOD);
        this.meters = meters;
    }

    /**
     * Whether one more could run now; it is not counted.
     *
     * @throws LimitExceeded with code 429 when too many come from its address, 503 when there are too many, or of its method
     */
    void look(String address, String method) {
        refuseBeyond(all.get() + 1, networks.of(Network.of(address)) + 1, methods.of(method) + 1);
    }

    /** Counts one that begins. {@link #leave} must follow, unless this throws. @throws LimitExceeded as {@link #look} does */
    void enter(String address, String method) {
        try {
            refuseBeyond(all.incrementAndGet(), networks.add(Network.of(address)), methods.add(method));
        } catch (LimitExceeded e) {
            leave(address, method);
            throw e;
        }
    }

    /** Counts one fewer. */
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
