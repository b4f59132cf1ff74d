package dev.cloudobjects.session;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.protocol.Encoded;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Threads;

/** The queue of one connection: a message is offered, and drained through a socket that takes it at once. */
public class QueueBenchmark extends AverageTime {

    private static final int BACKLOG = 64;

    private final Encoded message = new Encoded.Text("x".repeat(130));
    private final HeldWire held = new HeldWire();
    private Outbox idle;
    private Outbox behind;

    @Setup
    public void open() {
        Crowd crowd = new Crowd(0);
        idle = crowd.accepted(0, SilentWire.INSTANCE).outbox();
        behind = crowd.accepted(1, held).outbox();
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
        while (idle.offer(message) != Outbox.Offer.QUEUED) {
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

    private static Outbox.Offer queued(Outbox.Offer offer) {
        if (offer != Outbox.Offer.QUEUED) {
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
