package dev.cloudobjects.session;

import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.trace.ConnectionTrace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one connection: a bounded queue with one write in progress.
 *
 * <p>{@link #offer} only queues; writes start on the sending lane: one after another on the same thread, as long as each
 * has ended when the wire returns, and with a hop for each that ends later, because a write that is started inside the
 * callback of the one before starves the container. It starts corked: what is offered waits until the connection is
 * accepted. The monitor guards all fields and is never held while the wire is called.
 */
final class Outbox {

    /** Stands for a ping control frame; known by its identity. */
    private static final Encoded PING = new Encoded.Bytes(new byte[0]);

    private final Wire wire;
    private final Lanes lanes;
    private final QueueBudget budget;
    private final NanoClock clock;
    private final int maxMessages;
    private final int maxBytes;
    private final Owner owner;
    private final Runnable writer = this::write;

    private final Deque<Encoded> queue = new ArrayDeque<>(2);
    private final Batches batches = new Batches();
    private int bytes;
    private int inFlight;
    private boolean corked = true;

    /** How many messages have left the queue, to be written or to be dropped. */
    private long gone;

    /** A thread is writing, or is on its way to. */
    private boolean writing;

    /** The wire has not returned yet from the write that it was given. */
    private boolean starting;

    /** That write has ended, and there is more. */
    private boolean again;

    private boolean shut;
    private long writeStarted;
    private int writeNumber;
    private @Nullable Runnable whenEmpty;
    private @Nullable Encoded lead;

    Outbox(Wire wire, Lanes lanes, QueueBudget budget, NanoClock clock, Limits limits, Owner owner) {
        this.wire = wire;
        this.lanes = lanes;
        this.budget = budget;
        this.clock = clock;
        this.maxMessages = limits.queueMessages();
        this.maxBytes = limits.queueBytes();
        this.owner = owner;
    }

    /**
     * Whose messages they are.
     *
     * @param onFault hears of a write that failed
     * @param mayNotHear whether nothing may reach the client any more but the last message; asked ahead of each write
     * @param traced asked behind each write
     */
    record Owner(Consumer<Throwable> onFault, BooleanSupplier mayNotHear, Traced traced) {}

    /** What may be traced. */
    @FunctionalInterface
    interface Traced {
        @Nullable ConnectionTrace trace();
    }

    /**
     * Where a message that was queued last stands.
     *
     * @param number its number, counted from the first one, which is the connect frame
     * @param ahead how many wait ahead of it
     */
    record Place(long number, int ahead) {}

    /** How many wait. */
    synchronized int waiting() {
        return queue.size();
    }

    /** What became of an offered message. */
    enum Offer {
        QUEUED,
        FULL,
        SHUT
    }

    /** Queues a message behind all others. */
    Offer offer(Encoded message) {
        return offer(message, null);
    }

    /** The same. @param queued hears where it stands, once it is queued */
    Offer offer(Encoded message, @Nullable Consumer<Place> queued) {
        Place place = null;
        synchronized (this) {
            if (shut || whenEmpty != null) {
                return Offer.SHUT;
            }
            if (!add(message)) {
                return Offer.FULL;
            }
            if (queued != null) {
                // While it is corked, the connect frame is yet to come, ahead of all.
                place = new Place(gone + queue.size() + (corked ? 1 : 0), queue.size() - 1);
            }
        }
        if (queued != null && place != null) {
            queued.accept(place);
        }
        start();
        return Offer.QUEUED;
    }

    /** From now on texts that wait leave together, made into one by this. */
    synchronized void together(Function<List<Encoded>, Encoded> joined) {
        batches.by(joined);
    }

    /** Sends a ping control frame ahead of what waits: one that does not leave would be missed as if it had no answer. */
    void ping() {
        synchronized (this) {
            if (shut || whenEmpty != null || corked || lead != null) {
                return;
            }
            lead = PING;
        }
        start();
    }

    /** Lets messages go, this one ahead of all that waited, whatever the limits say. */
    void uncork(Encoded first) {
        synchronized (this) {
            if (shut || whenEmpty != null) {
                return;
            }
            charge(first);
            queue.addFirst(first);
            corked = false;
        }
        start();
    }

    /** Sends a message ahead of all others, although it is corked. Once, before it is uncorked. */
    void lead(Encoded message) {
        synchronized (this) {
            if (shut || whenEmpty != null) {
                return;
            }
            charge(message);
            lead = message;
        }
        start();
    }

    /**
     * Sends one last message and then runs an action, once, on the sending lane; nothing is accepted any more.
     *
     * @param last the message, or {@code null} for none
     * @param keep whether what waits is still sent before it
     */
    void finish(@Nullable Encoded last, boolean keep, Runnable afterwards) {
        synchronized (this) {
            if (shut || whenEmpty != null) {
                return;
            }
            if (!keep || corked) {
                discard();
            }
            if (last != null) {
                charge(last);
                queue.addLast(last);
            }
            corked = false;
            whenEmpty = afterwards;
        }
        start();
    }

    /** Drops everything; nothing is accepted or written any more. */
    synchronized void shut() {
        shut = true;
        discard();
        landed();
    }

    /** Whether the write in progress started longer ago than this. */
    synchronized boolean isStuck(Duration timeout) {
        return !shut && writing && writeStarted != 0 && clock.nanos() - writeStarted > timeout.toNanos();
    }

    /** Whether nothing waits and no write is in progress. */
    synchronized boolean isIdle() {
        return !writing && lead == null && queue.isEmpty();
    }

    private boolean add(Encoded message) {
        int size = message.size();
        if (queue.isEmpty()) {
            // A client that is not behind gets its message, however much waits for others.
            budget.charge(size);
        } else if (queue.size() >= maxMessages || (long) bytes + size > maxBytes || !budget.take(size)) {
            return false;
        }
        bytes += size;
        queue.addLast(message);
        return true;
    }

    private void charge(Encoded message) {
        bytes += message.size();
        budget.charge(message.size());
    }

    private void discard() {
        budget.giveBack(bytes);
        bytes = 0;
        lead = null;
        gone += queue.size();
        queue.clear();
    }

    /** The message that was being written no longer takes memory. */
    private void landed() {
        budget.giveBack(inFlight);
        inFlight = 0;
    }

    private void start() {
        synchronized (this) {
            if (writing || shut || (corked && lead == null)) {
                return;
            }
            writing = true;
            writeStarted = 0;
        }
        lanes.sending().execute(writer);
    }

    private void write() {
        Write next = next();
        while (next != null) {
            start(next);
            next = isMore() ? next() : null;
        }
    }

    /** One write. @param all the messages that leave with it, one at least @param upTo the number of the last one */
    private record Write(int number, List<Encoded> all, long upTo) {}

    /** What is to be written now. Where that is nothing the thread ends, and the last action runs. */
    private @Nullable Write next() {
        Runnable last;
        synchronized (this) {
            Encoded first = shut ? null : take();
            if (first != null) {
                int before = queue.size();
                List<Encoded> all = corked ? List.of(first) : batches.take(first, queue);
                gone += before - queue.size();
                inFlight = all.stream().mapToInt(Encoded::size).sum();
                bytes -= inFlight;
                writeStarted = clock.nanos();
                starting = true;
                return new Write(++writeNumber, all, gone);
            }
            writing = false;
            if (shut || whenEmpty == null) {
                return null;
            }
            last = whenEmpty;
            shut = true;
        }
        last.run();
        return null;
    }

    private synchronized boolean isMore() {
        boolean more = again;
        starting = false;
        again = false;
        return more;
    }

    private void start(Write next) {
        try {
            if (next.all().get(0) == PING) {
                lanes.ping(() -> ping(next));
            } else {
                wire.send(batches.joined(next.all()), failure -> written(next, failure));
            }
        } catch (RuntimeException e) {
            written(next, e);
        }
    }

    /** The next message that may be written. */
    private @Nullable Encoded take() {
        Encoded first = lead;
        lead = null;
        if (first != null || corked) {
            return first;
        }
        if (whenEmpty == null && owner.mayNotHear().getAsBoolean()) {
            return null;
        }
        Encoded polled = queue.pollFirst();
        gone += polled == null ? 0 : 1;
        return polled;
    }

    /** A ping waits for the socket, so it runs where a thread can be lost; the time limit of writes holds for it too. */
    private void ping(Write write) {
        try {
            wire.ping();
            written(write, null);
        } catch (RuntimeException e) {
            written(write, e);
        }
    }

    private void written(Write write, @Nullable Throwable failure) {
        boolean hop;
        synchronized (this) {
            if (write.number() != writeNumber || !writing || writeStarted == 0) {
                return;
            }
            writeStarted = 0;
            landed();
            if (failure != null) {
                // What follows a lost message must not arrive without it.
                shut = true;
                discard();
            }
            boolean more = !shut && !corked && (lead != null || !queue.isEmpty() || whenEmpty != null);
            writing = more;
            again = more && starting;
            hop = more && !starting;
        }
        ConnectionTrace trace = owner.traced().trace();
        if (trace != null && write.all().get(0) != PING) {
            if (failure == null) {
                trace.write(TraceLine.WRITTEN, write.upTo());
            } else {
                trace.write(TraceLine.UNWRITTEN, failure);
            }
        }
        if (failure != null) {
            owner.onFault().accept(failure);
        } else if (hop) {
            lanes.sending().execute(writer);
        }
    }
}
