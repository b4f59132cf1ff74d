package dev.cloudobjects.link;

import dev.cloudobjects.link.Link.Offer;
import dev.cloudobjects.link.Link.Place;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import dev.cloudobjects.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket: a bounded queue with at most one write in progress.
 *
 * <p>{@link #offer} only queues. Writes start on {@link SocketExecutors#writes}: one after another on the same thread, as
 * long as each has ended when the wire returns; otherwise the next one is submitted anew, because a write that is started
 * inside the callback of the write before starves the container. A queue begins held: what is offered waits until
 * {@link #release}. The monitor guards all fields and is never held while the wire is called.
 */
final class OutboundQueue {

    /** Stands for a ping control frame; known by its identity. */
    private static final Encoded PING = new Encoded.Bytes(new byte[0]);

    private final Wire wire;
    private final SocketExecutors executors;
    private final NanoClock clock;
    private final PendingMessages pending;
    private final Runnable writer = this::write;

    private @Nullable Carried carried;
    private boolean held = true;

    /** A thread writes, or a task that will write is submitted. */
    private boolean writing;

    /** The wire has not returned yet from the write in progress. */
    private boolean starting;

    /** The write in progress ended while the wire had not returned, and more waits. */
    private boolean again;

    private boolean shut;
    private long writeStarted;
    private int writeNumber;
    private @Nullable Runnable whenEmpty;

    OutboundQueue(Wire wire, SocketExecutors executors, NanoClock clock, PendingMessages pending) {
        this.wire = wire;
        this.executors = executors;
        this.clock = clock;
        this.pending = pending;
    }

    /** Says who is told what became of the writes. Called once, before anything is offered. */
    synchronized void carry(Carried those) {
        carried = those;
    }

    /** How many messages wait. */
    synchronized int waiting() {
        return pending.size();
    }

    /** Queues a message behind all others. @param queued told where the message stands, once it is queued */
    Offer offer(Encoded message, @Nullable Consumer<Place> queued) {
        Place place = null;
        synchronized (this) {
            if (isFinished()) {
                return Offer.SHUT;
            }
            if (!pending.add(message)) {
                return Offer.FULL;
            }
            if (queued != null) {
                // While the queue is held, the connect frame is yet to come, before all others.
                place = new Place(pending.taken() + pending.size() + (held ? 1 : 0), pending.size() - 1);
            }
        }
        if (queued != null && place != null) {
            queued.accept(place);
        }
        start();
        return Offer.QUEUED;
    }

    /** Queues the message of a slot as its policy says. @param queued told where it stands, if it is behind all others */
    Placement place(Slot slot, @Nullable Consumer<Place> queued) {
        return place(slot, pending::place, queued);
    }

    /** The same, whatever the limits say. */
    Placement placeLast(Slot slot, @Nullable Consumer<Place> queued) {
        return place(slot, pending::placeLast, queued);
    }

    /** @param how queues it; called under the monitor */
    private Placement place(Slot slot, Function<Slot, Placement> how, @Nullable Consumer<Place> queued) {
        Place place = null;
        Placement placement;
        synchronized (this) {
            if (isFinished()) {
                return Placement.none(slot, Offer.SHUT);
            }
            placement = how.apply(slot);
            if (queued != null && placement.isAdded()) {
                place = new Place(pending.taken() + pending.size() + (held ? 1 : 0), pending.size() - 1);
            }
        }
        if (queued != null && place != null) {
            queued.accept(place);
        }
        start();
        return placement;
    }

    /** Drops the oldest message that waits and may be dropped; {@code null} for none. */
    synchronized @Nullable Slot dropOldest() {
        return isFinished() ? null : pending.dropOldest();
    }

    /** From now on texts that wait are written together, as one message that this makes of them. */
    synchronized void batch(Function<List<Encoded>, Encoded> joiner) {
        pending.batch(joiner);
    }

    /** Sends a ping control frame before what waits: a ping that does not leave would look like one without an answer. */
    void ping() {
        synchronized (this) {
            if (isFinished() || held || pending.hasAhead()) {
                return;
            }
            pending.setAhead(PING);
        }
        start();
    }

    /** Lets messages leave, this one before all that have waited, whatever the limits say. */
    void release(Encoded first) {
        release(() -> pending.addFirst(first));
    }

    /** The same, with more messages behind the first, and without what has waited. */
    void release(Encoded first, List<Queued> next) {
        release(() -> {
            pending.clear();
            pending.addFirst(first);
            next.forEach(pending::addLast);
        });
    }

    /** @param queue queues what leaves first; called under the monitor */
    private void release(Runnable queue) {
        synchronized (this) {
            if (isFinished()) {
                return;
            }
            queue.run();
            held = false;
        }
        start();
    }

    /** Sends a message before all others, although the queue is held. Once at most, before {@link #release}. */
    void sendAhead(Encoded message) {
        synchronized (this) {
            if (isFinished()) {
                return;
            }
            pending.setAhead(message);
        }
        start();
    }

    /**
     * Sends one last message and then runs an action, once, where writes start; nothing is accepted any more.
     *
     * @param last the message, or {@code null} for none
     * @param keep whether what waits is sent before it; not where the queue is held
     */
    void finish(@Nullable Encoded last, boolean keep, Runnable afterwards) {
        synchronized (this) {
            if (isFinished()) {
                return;
            }
            if (!keep || held) {
                pending.clear();
            }
            if (last != null) {
                pending.addLast(last);
            }
            held = false;
            whenEmpty = afterwards;
        }
        start();
    }

    /** Drops everything; nothing is accepted or written any more. */
    synchronized void shut() {
        shut = true;
        pending.clear();
        // Whoever waits for the end of that write is told by the session: it goes on elsewhere, or ends.
        pending.writeEnded();
    }

    /** Whether the write in progress began longer ago than this. */
    synchronized boolean isStuck(Duration timeout) {
        return !shut && writing && writeStarted != 0 && clock.nanos() - writeStarted > timeout.toNanos();
    }

    /** Whether nothing waits and no write is in progress. */
    synchronized boolean isIdle() {
        return !writing && pending.isEmpty();
    }

    private boolean isFinished() {
        return shut || whenEmpty != null;
    }

    private void start() {
        synchronized (this) {
            if (writing || shut || (held && !pending.hasAhead())) {
                return;
            }
            writing = true;
            writeStarted = 0;
        }
        executors.writes().execute(writer);
    }

    private void write() {
        Write next = next();
        while (next != null) {
            start(next);
            next = isMore() ? next() : null;
        }
    }

    /** One write. @param all the messages that leave with it, one at least @param last the number of the last one */
    private record Write(int number, List<Encoded> all, long last) {}

    /** What is written now. Where that is nothing, writing ends, and the last action runs. */
    private @Nullable Write next() {
        Runnable last;
        synchronized (this) {
            List<Encoded> all = shut ? null : pending.take(held || (whenEmpty == null && !mayBeWritten()));
            if (all != null) {
                writeStarted = clock.nanos();
                starting = true;
                return new Write(++writeNumber, all, pending.taken());
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

    private boolean mayBeWritten() {
        return carried == null || carried.mayBeWritten();
    }

    private synchronized boolean isMore() {
        boolean more = again;
        starting = false;
        again = false;
        return more;
    }

    private void start(Write next) {
        try {
            if (isPing(next)) {
                executors.runPing(() -> ping(next));
            } else {
                wire.send(pending.joined(next.all()), failure -> written(next, failure));
            }
        } catch (RuntimeException e) {
            written(next, e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // No other message is the ping, whatever its bytes.
    private static boolean isPing(Write write) {
        return write.all().get(0) == PING;
    }

    /** A ping waits for the socket, so it runs on a thread that may be lost; the time limit of writes holds for it too. */
    private void ping(Write write) {
        try {
            wire.ping();
            written(write, null);
        } catch (RuntimeException e) {
            written(write, e);
        }
    }

    private void written(Write write, @Nullable Throwable failure) {
        boolean submit;
        Carried told;
        List<Tracked> tracked;
        synchronized (this) {
            if (write.number() != writeNumber || !writing || writeStarted == 0) {
                return;
            }
            writeStarted = 0;
            tracked = pending.writeEnded();
            if (failure != null) {
                // What follows a lost message must not arrive without it.
                shut = true;
                pending.clear();
            }
            boolean more = !shut && !held && (!pending.isEmpty() || whenEmpty != null);
            writing = more;
            again = more && starting;
            submit = more && !starting;
            told = carried;
        }
        if (told != null) {
            tell(told, write, failure);
        }
        if (tracked != null && failure == null) {
            tracked.forEach(Tracked::written);
        }
        if (submit) {
            executors.writes().execute(writer);
        }
    }

    private static void tell(Carried carried, Write write, @Nullable Throwable failure) {
        if (failure != null) {
            carried.failed(failure);
        } else if (!isPing(write)) {
            carried.written(write.last());
        }
    }
}
