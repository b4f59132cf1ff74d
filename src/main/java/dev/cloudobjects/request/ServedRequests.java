package dev.cloudobjects.request;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ServerFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one client that the server has not answered to the end: at most one runs, and any number waits in the inbox, which is
 * not known here; several may give streams. The monitor guards all fields; nothing is sent under it.
 */
public final class ServedRequests {

    /** So many requests that wait may be cancelled: about as many as an inbox holds. */
    private static final int MOST_CANCELLED = 256;

    /** The most frames that are admitted whatever the rate, because streams wait for them. */
    private static final int MOST_DUE = 64;

    private static final long NONE = 0;

    private final SessionRequests part;
    private final OpenRequests all;
    private final Consumer<ServerFrame> send;
    private final Map<Long, ResultStream> streams = new HashMap<>(4);
    private @Nullable Set<Long> cancelled;
    private long running = NONE;
    private boolean stopped;
    private @Nullable Runnable interrupt;
    private int due;
    private boolean ended;

    ServedRequests(SessionRequests part, OpenRequests all, Consumer<ServerFrame> send) {
        this.part = part;
        this.all = all;
        this.send = send;
    }

    /** It is the turn of a request; false when the client has cancelled it. {@link #ran} has to follow where it is true. */
    public synchronized boolean begin(long id) {
        if (cancelled != null && cancelled.remove(id)) {
            return false;
        }
        running = id;
        stopped = false;
        return true;
    }

    /** The call of the request that runs has begun. @param interruption interrupts it, and returns at once */
    public synchronized void calling(Runnable interruption) {
        interrupt = interruption;
        if (stopped) {
            interruption.run();
        }
    }

    /** Whether the client has cancelled the request that runs. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** The request that ran has returned, or failed. */
    public synchronized void ran() {
        running = NONE;
        interrupt = null;
    }

    /**
     * The client does not want an answer any more. A request that waits is dropped in its turn, one that runs is interrupted, and a
     * stream ends. An id that is unknown is remembered, because a large message that waits has not been read.
     */
    public void cancel(long id) {
        ResultStream stream;
        synchronized (this) {
            if (running == id) {
                stopped = true;
                if (interrupt != null) {
                    interrupt.run();
                }
                return;
            }
            stream = streams.get(id);
            if (stream == null && !ended) {
                remember(id);
            }
        }
        if (stream != null) {
            stream.finish(cancelled(id));
        }
    }

    private void remember(long id) {
        Set<Long> known = cancelled;
        if (known == null) {
            known = new LinkedHashSet<>();
            cancelled = known;
        }
        known.add(id);
        if (known.size() > MOST_CANCELLED) {
            Iterator<Long> oldest = known.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** What the client is told of a request that it has cancelled. */
    public static ServerFrame.Event cancelled(long id) {
        return ServerFrame.Event.error(Code.CANCELLED.value(), Code.CANCELLED.message(), false, id);
    }

    /** The client takes so many items of a stream altogether. Unknown streams are ignored. */
    public void credit(long id, long total) {
        ResultStream stream;
        synchronized (this) {
            stream = streams.get(id);
        }
        if (stream != null) {
            stream.credit(total);
        }
    }

    /**
     * Begins to send the items of a stream. Called on a thread for handlers.
     *
     * @param credit how many items the client takes at first
     * @param write makes data of an item, or throws
     * @param failed makes the event that tells the client of a failure of the stream
     * @throws CloudObjectException with code 429 when there are too many streams, 410 when the connection has ended
     */
    public void stream(
            long id,
            StreamSource source,
            int credit,
            Function<@Nullable Object, Payload> write,
            Function<Throwable, ServerFrame> failed) {
        ResultStream stream = new ResultStream(id, source, new ResultStream.Ways(this, all, send, write, failed));
        synchronized (this) {
            if (ended) {
                throw new CloudObjectException(Code.GONE);
            }
            int most = all.limits().maxStreams();
            if (streams.size() >= most) {
                throw new CloudObjectException(
                        Code.TOO_MANY, "the connection has " + most + " open streams, which is the limit");
            }
            streams.put(id, stream);
        }
        part.changed();
        stream.start(credit);
    }

    /** A stream is over. */
    void forget(long id) {
        synchronized (this) {
            streams.remove(id);
        }
        part.changed();
    }

    /** A stream waits for credit, so for a frame that the rate does not count. */
    synchronized void expectCredit() {
        due = Math.min(due + 1, MOST_DUE);
    }

    synchronized boolean isDue() {
        if (due == 0) {
            return false;
        }
        due--;
        return true;
    }

    synchronized boolean hasDeadlines() {
        return !streams.isEmpty();
    }

    /** How many streams have not ended. */
    public synchronized int streams() {
        return streams.size();
    }

    void sweep(long now) {
        List<ResultStream> open;
        synchronized (this) {
            open = new ArrayList<>(streams.values());
        }
        open.forEach(stream -> stream.sweep(now));
    }

    /** The connection has ended. */
    void end() {
        List<ResultStream> left;
        synchronized (this) {
            ended = true;
            left = new ArrayList<>(streams.values());
            streams.clear();
        }
        left.forEach(ResultStream::abandon);
    }
}
