package dev.cloudobjects.transport;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.limit.Tally;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.time.NanoClock;
import jakarta.inject.Inject;
import jakarta.servlet.ServletInputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The bodies that are arriving. None keeps a thread, so many may arrive at once: each is bounded in size and time, and has to
 * go on; all of them are bounded in size and number, and those of one address in number. Where there are too many, the one
 * that began first gives way: of those that are slow on purpose, it is one. Safe for use by many threads.
 */
@Part
public class Arrivals {

    /** So many bytes have to come in half of the time that the whole body has. */
    static final int PROGRESS_BYTES = 256;

    private final Set<Arrival> arriving = ConcurrentHashMap.newKeySet();
    private final Tally networks = new Tally();
    private final QueueBudget budget;
    private final int most;
    private final int mostPerNetwork;
    private final int maxBytes;
    private final Duration timeout;
    private final NanoClock clock;
    private final Bodies bodies;
    private final Meters meters;

    @Inject
    Arrivals(Settings settings, NanoClock clock, Bodies bodies, Meters meters) {
        this.budget = new QueueBudget(settings.get(Keys.HTTP_TOTAL_BYTES));
        this.most = settings.get(Keys.HTTP_MAX_BODIES);
        // Behind a proxy that nobody named, all addresses are that proxy's.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        this.mostPerNetwork = addressesKnown ? settings.get(Keys.HTTP_MAX_BODIES_PER_ADDRESS) : 0;
        this.maxBytes = settings.get(Keys.HTTP_MAX_BODY);
        this.timeout = settings.get(Keys.HTTP_BODY_TIMEOUT);
        this.clock = clock;
        this.bodies = bodies;
        this.meters = meters;
    }

    /** Who waits for a body. One of these is called, once, by any thread. */
    interface Receiver {

        /** All of it is here. It counts until it is released. */
        void arrived(Arrival body);

        /** It will not come, or too late, or is too large. */
        void refused(CloudObjectException why);

        /** The client has gone, or its body has no end. */
        void gone(Throwable why);
    }

    /** Has a body read as it comes. @param address whose it is */
    void await(String address, ServletInputStream in, Receiver receiver) {
        String network = Network.of(address);
        Arrival arrival = new Arrival(this, in, receiver, network, clock.nanos());
        int ofNetwork = networks.add(network);
        arriving.add(arrival);
        if (mostPerNetwork > 0 && ofNetwork > mostPerNetwork) {
            first(other -> other != arrival && other.network().equals(network))
                    .ifPresent(other -> giveUp(other, Code.TOO_MANY, "too many calls arrive from this address: try again later"));
        } else if (most > 0 && arriving.size() > most) {
            first(other -> other != arrival)
                    .ifPresent(other -> giveUp(other, Code.UNAVAILABLE, "too many calls arrive at the moment: try again"));
        }
        in.setReadListener(arrival);
    }

    private Optional<Arrival> first(Predicate<Arrival> which) {
        return arriving.stream().filter(which).min(Comparator.comparingLong(Arrival::started));
    }

    private void giveUp(Arrival arrival, Code code, String msg) {
        meters.count(Meter.HTTP_BODIES_CROWDED_OUT);
        arrival.refuse(new LimitExceeded(code, msg));
    }

    long now() {
        return clock.nanos();
    }

    /** Gives up what takes too long; called a few times a second. */
    public void sweep() {
        long now = clock.nanos();
        for (Arrival arrival : arriving) {
            if (arrival.isOverdue(now, timeout.toNanos())) {
                arrival.refuse(tooSlow());
            }
        }
    }

    /** How many arrive. */
    int size() {
        return arriving.size();
    }

    /** The bytes that have arrived, and of calls in progress. */
    long bytes() {
        return budget.used();
    }

    void ended(Arrival arrival) {
        arriving.remove(arrival);
        networks.remove(arrival.network());
    }

    void giveBack(int bytes) {
        budget.giveBack(bytes);
    }

    /** Makes room for more bytes of a body that has so many; what has to give way is the largest that is incomplete. */
    void take(Arrival arrival, int more, int before) {
        if (more > maxBytes - before) {
            throw bodies.tooLarge();
        }
        while (!budget.take(more)) {
            Optional<Arrival> largest =
                    arriving.stream().max(Comparator.comparingInt(Arrival::size)).filter(other -> other != arrival);
            meters.count(Meter.HTTP_BODIES_CROWDED_OUT);
            LimitExceeded noRoom = new LimitExceeded(Code.UNAVAILABLE, "too many large calls arrive at the moment: try again");
            if (largest.isEmpty() || largest.get().size() <= before + more) {
                throw noRoom;
            }
            largest.get().refuse(noRoom);
        }
    }

    /** That a body takes too long. */
    Refused tooSlow() {
        meters.count(Meter.HTTP_BODIES_UNFINISHED);
        return new Refused(Code.REQUEST_TIMEOUT, Code.REQUEST_TIMEOUT.message());
    }
}
