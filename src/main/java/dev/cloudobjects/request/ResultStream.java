package dev.cloudobjects.request;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ServerFrame;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of a request that is a stream: it asks its source for as many items as the client takes, and sends them. It is over when the
 * source has no more, fails, gets no credit for too long, is cancelled, or the connection ends; then the source is closed, once.
 *
 * <p>Safe for use by many threads. The monitor guards all fields; nothing is sent, and no code of the application runs, under it.
 */
public final class ResultStream {

    private final long id;
    private final StreamSource source;
    private final Ways ways;

    /** How many items the client takes altogether, how many the source was asked for, and how many were sent. */
    private long total;

    private long asked;
    private long sent;
    /** How many items more the client took when it gave credit last, and whether more credit is expected since then. */
    private long window;

    private boolean expected;
    /** How many items are on their way into the queue, and the last frame, which comes behind them. */
    private int sending;

    private @Nullable ServerFrame last;
    private boolean ready;
    private boolean over;
    /** Whether a task works at it or is on its way; for ever, once the source is closed. */
    private boolean working;

    private @Nullable Thread worker;
    private boolean interrupted;
    /** When the last item was sent that the client takes, in nanoseconds of the clock. */
    private long exhausted;

    /**
     * What a stream needs of others.
     *
     * @param send sends a frame, without waiting
     * @param write makes data of an item
     * @param failed makes the last frame of a failure
     */
    record Ways(
            ServedRequests owner,
            OpenRequests all,
            Consumer<ServerFrame> send,
            Function<@Nullable Object, Payload> write,
            Function<Throwable, ServerFrame> failed) {}

    ResultStream(long id, StreamSource source, Ways ways) {
        this.id = id;
        this.source = source;
        this.ways = ways;
    }

    void start(long credit) {
        synchronized (this) {
            total = credit;
            window = credit;
        }
        try {
            source.start(this);
        } catch (Throwable e) {
            ready();
            fail(e);
        }
    }

    /** The source can be asked for items, and closed. */
    void ready() {
        synchronized (this) {
            ready = true;
        }
        wake();
    }

    /** The client takes so many items altogether. */
    void credit(long newTotal) {
        ServerFrame refusal = null;
        synchronized (this) {
            if (over || newTotal <= total) {
                return;
            }
            if (newTotal - sent > ClientFrame.Request.MAX_CREDIT) {
                refusal = ServerFrame.Event.error(
                        Code.BAD_REQUEST.value(),
                        "credit: a total of " + newTotal + " is more than " + ClientFrame.Request.MAX_CREDIT
                                + " beyond the " + sent + " items that were sent",
                        false,
                        id);
            } else {
                total = newTotal;
                window = newTotal - sent;
                expected = false;
            }
        }
        if (refusal == null) {
            wake();
        } else {
            finish(refusal);
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Sends an item. Called by the source, for one item after another. */
    void item(@Nullable Object item) {
        boolean wanted;
        boolean low = false;
        synchronized (this) {
            if (over) {
                return;
            }
            wanted = sent < asked;
            if (wanted) {
                sent++;
                sending++;
                exhausted = ways.all().clock().nanos();
                low = !expected && (total - sent) * 2 <= window;
                expected |= low;
            }
        }
        if (!wanted) {
            fail(new IllegalStateException("the publisher passes more items than it was asked for"));
            return;
        }
        if (low) {
            ways.owner().expectCredit();
        }
        Throwable failure = send(item);
        ServerFrame next = null;
        synchronized (this) {
            sending--;
            if (sending == 0) {
                next = last;
                last = null;
            }
        }
        if (next != null) {
            ways.send().accept(next);
        }
        if (failure != null) {
            fail(failure);
        }
    }

    private @Nullable Throwable send(@Nullable Object item) {
        try {
            ways.send().accept(new ServerFrame.Item(id, ways.write().apply(item)));
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** There are no more items. */
    void complete() {
        finish(new ServerFrame.EndOfStream(id));
    }

    /** The source has failed. */
    void fail(Throwable why) {
        if (!isOver()) {
            finish(ways.failed().apply(why));
        }
    }

    /** Ends the stream, if it has not ended, with this frame behind the items that were sent. */
    void finish(ServerFrame frame) {
        ServerFrame now;
        synchronized (this) {
            if (over) {
                return;
            }
            over();
            now = sending == 0 ? frame : null;
            last = sending == 0 ? null : frame;
        }
        if (now != null) {
            ways.send().accept(now);
        }
        ways.owner().forget(id);
        wake();
    }

    /** Ends the stream of a connection that has ended. */
    void abandon() {
        synchronized (this) {
            if (over) {
                return;
            }
            over();
        }
        wake();
    }

    /** Called under the monitor. */
    private void over() {
        over = true;
        Thread busy = worker;
        if (busy != null && busy != Thread.currentThread()) {
            interrupted = true;
            busy.interrupt();
        }
    }

    /** Ends the stream if its client has taken no items for too long. */
    void sweep(long now) {
        boolean late;
        long limit = ways.all().limits().creditTimeout().toNanos();
        synchronized (this) {
            late = !over && sent == total && now - exhausted > limit;
        }
        if (late) {
            finish(ServerFrame.Event.error(
                    Code.TIMEOUT.value(),
                    "the stream had no credit for " + ways.all().limits().creditTimeout(),
                    false,
                    id));
        }
    }

    private void wake() {
        synchronized (this) {
            if (!ready || working) {
                return;
            }
            working = true;
        }
        ways.all().run(this::work);
    }

    /** Asks the source for what the client takes, or closes it. One task at a time, so what the source needs no lock. */
    private void work() {
        long more = next();
        while (more > 0) {
            try {
                source.more(more);
            } catch (Throwable e) {
                fail(e);
            } finally {
                pause();
            }
            more = next();
        }
        if (isOver()) {
            StreamSource.release(source);
        }
    }

    /** How many items to ask for now; 0 when there is nothing to do for now. */
    private synchronized long next() {
        long more = over ? 0 : total - asked;
        asked += more;
        if (more > 0) {
            worker = Thread.currentThread();
        } else {
            // Once it is over, nobody begins to work at it again.
            working = over;
        }
        return more;
    }

    private synchronized void pause() {
        worker = null;
        if (interrupted) {
            // It was meant for the source, and must not reach what this thread does next.
            interrupted = false;
            Thread.interrupted();
        }
    }
}
