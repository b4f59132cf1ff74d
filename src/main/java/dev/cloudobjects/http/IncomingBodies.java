package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.limit.KeyedCounter;
import dev.cloudobjects.limit.Network;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.time.NanoClock;
import jakarta.inject.Inject;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The request bodies that are being read. None keeps a thread. Each has a limit of size and of time, and must make progress. All
 * together have a limit of size and of number, and those of one network have a limit of number. Beyond a limit of number the oldest
 * body is refused, because slow senders are among the oldest. Safe for use by many threads.
 */
@UnproxiedSingleton
public class IncomingBodies {

    /** How many bytes must be received in half of the time limit. */
    static final int PROGRESS_BYTES = 256;

    private final Set<IncomingBody> reading = ConcurrentHashMap.newKeySet();
    private final KeyedCounter networks = new KeyedCounter();
    private final QueueBudget budget;
    private final int most;
    private final int mostPerNetwork;
    private final int maxBytes;
    private final Duration timeout;
    private final NanoClock clock;
    private final Bodies bodies;
    private final Meters meters;

    @Inject
    IncomingBodies(Settings settings, NanoClock clock, Bodies bodies, Meters meters) {
        this.budget = new QueueBudget(settings.get(Keys.HTTP_TOTAL_BYTES));
        this.most = settings.get(Keys.HTTP_MAX_BODIES);
        // Behind a proxy that is not configured, every client has the address of that proxy.
        boolean addressesKnown = !settings.get(Keys.TRUSTED_PROXIES).isEmpty();
        this.mostPerNetwork = addressesKnown ? settings.get(Keys.HTTP_MAX_BODIES_PER_ADDRESS) : 0;
        this.maxBytes = settings.get(Keys.HTTP_MAX_BODY);
        this.timeout = settings.get(Keys.HTTP_BODY_TIMEOUT);
        this.clock = clock;
        this.bodies = bodies;
        this.meters = meters;
    }

    /** Takes the result of reading one body. One of these methods is called, once, on any thread. */
    interface Receiver {

        /** The body was read to its end. It counts until it is released. */
        void complete(IncomingBody body);

        /** The body exceeds a limit of size, time or number. */
        void refused(CloudObjectException why);

        /** The client disconnected, or its body is malformed. */
        void aborted(IOException why);
    }

    /** Reads a body asynchronously. @param address the address of the client */
    void read(String address, ServletInputStream in, Receiver receiver) {
        String network = Network.of(address);
        IncomingBody body = new IncomingBody(this, in, receiver, network, clock.nanos());
        int ofNetwork = networks.add(network);
        reading.add(body);
        if (mostPerNetwork > 0 && ofNetwork > mostPerNetwork) {
            oldest(other -> other != body && other.network().equals(network))
                    .ifPresent(other -> refuse(other, Code.TOO_MANY, "too many calls arrive from this address: try again later"));
        } else if (most > 0 && reading.size() > most) {
            oldest(other -> other != body)
                    .ifPresent(other -> refuse(other, Code.UNAVAILABLE, "too many calls arrive at the moment: try again"));
        }
        in.setReadListener(body);
    }

    private Optional<IncomingBody> oldest(Predicate<IncomingBody> which) {
        return reading.stream().filter(which).min(Comparator.comparingLong(IncomingBody::started));
    }

    private void refuse(IncomingBody body, Code code, String msg) {
        meters.count(Meter.HTTP_BODIES_CROWDED_OUT);
        body.refuse(new LimitExceeded(code, msg));
    }

    long now() {
        return clock.nanos();
    }

    /** Refuses the bodies that take too long; called a few times a second. */
    public void sweep() {
        long now = clock.nanos();
        for (IncomingBody body : reading) {
            if (body.isOverdue(now, timeout.toNanos())) {
                body.refuse(tooSlow());
            }
        }
    }

    /** The number of bodies that are being read. */
    int size() {
        return reading.size();
    }

    /** The number of bytes received, those of calls in progress included. */
    long bytes() {
        return budget.used();
    }

    void ended(IncomingBody body) {
        reading.remove(body);
        networks.remove(body.network());
    }

    void giveBack(int bytes) {
        budget.giveBack(bytes);
    }

    /**
     * Takes bytes from the budget, and refuses the largest incomplete bodies where there is no room.
     *
     * @param more the number of bytes
     * @param before the number of bytes that the body has already
     * @throws CloudObjectException when the body itself is too large, or is the largest
     */
    void take(IncomingBody body, int more, int before) {
        if (more > maxBytes - before) {
            throw bodies.tooLarge();
        }
        while (!budget.take(more)) {
            Optional<IncomingBody> largest =
                    reading.stream().max(Comparator.comparingInt(IncomingBody::size)).filter(other -> other != body);
            meters.count(Meter.HTTP_BODIES_CROWDED_OUT);
            LimitExceeded noRoom = new LimitExceeded(Code.UNAVAILABLE, "too many large calls arrive at the moment: try again");
            if (largest.isEmpty() || largest.get().size() <= before + more) {
                throw noRoom;
            }
            largest.get().refuse(noRoom);
        }
    }

    /** The refusal of a body that takes too long, counted. */
    Refused tooSlow() {
        meters.count(Meter.HTTP_BODIES_UNFINISHED);
        return new Refused(Code.REQUEST_TIMEOUT, Code.REQUEST_TIMEOUT.message());
    }
}
