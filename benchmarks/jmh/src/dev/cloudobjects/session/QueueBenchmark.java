package dev.cloudobjects.session;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.Encoded;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Threads;

/** The queue of one link: a message is offered, and drained through a socket that takes it at once. */
public class QueueBenchmark extends AverageTime {

    private static final int BACKLOG = 64;

    private final Encoded message = new Encoded.Text("x".repeat(130));
    private final HeldWire held = new HeldWire();
    private Link idle;
    private Link behind;

    @Setup
    public void open() {
        Crowd crowd = new Crowd(0);
        idle = crowd.accepted(0, SilentWire.INSTANCE).link();
        behind = crowd.accepted(1, held).link();
    }

    @Benchmark
    @Threads(1)
    public Object offerAndDrain() {
        return queued(idle.offer(message));
    }

    /** One of the two drains what both offer; when it loses its processor meanwhile, the other waits for room. */
    @Benchmark
    @Threads(2)
    public void offerAndDrainByTwo() {
        while (idle.offer(message) != Link.Offer.QUEUED) {
            Thread.yield();
        }
    }

    /** The socket is busy while 64 messages are offered; then they drain. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(BACKLOG)
    public void backlog() {
        held.holding = true;
        for (int i = 0; i < BACKLOG; i++) {
            queued(behind.offer(message));
        }
        held.release();
    }

    private static Link.Offer queued(Link.Offer offer) {
        if (offer != Link.Offer.QUEUED) {
            throw new AssertionError(offer.name());
        }
        return offer;
    }

    /** A socket that keeps one write until it is released. Of one thread. */
    private static final class HeldWire implements Wire {
        private boolean holding;
        private Done waiting;

        @Override
        public void send(Encoded message, Done done) {
            if (holding) {
                waiting = done;
            } else {
                done.ended(null);
            }
        }

        void release() {
            holding = false;
            waiting.ended(null);
        }

        @Override
        public void ping() {}

        @Override
        public void close(int code, String reason) {}
    }
}
