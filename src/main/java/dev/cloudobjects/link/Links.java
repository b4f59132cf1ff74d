package dev.cloudobjects.link;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.time.NanoClock;

/** Makes links, each with a queue and a heartbeat of its own. Safe for use by many threads. */
public final class Links {

    private final SocketExecutors executors;
    private final QueueBudget budget;
    private final NanoClock clock;
    private final LinkLimits limits;

    /**
     * A maker of links.
     *
     * @param budget the bytes that may wait to be written on all links together
     */
    public Links(SocketExecutors executors, QueueBudget budget, NanoClock clock, LinkLimits limits) {
        this.executors = executors;
        this.budget = budget;
        this.clock = clock;
        this.limits = limits;
    }

    /** A socket opened. Its link carries nothing yet: see {@link Link#carry}. */
    public Link open(Codec codec, Wire wire) {
        OutboundQueue queue = new OutboundQueue(wire, executors, clock, new PendingMessages(limits, budget));
        return new Link(codec, wire, this, queue, new Heartbeat(clock));
    }

    SocketExecutors executors() {
        return executors;
    }

    LinkLimits limits() {
        return limits;
    }
}
