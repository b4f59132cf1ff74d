package dev.cloudobjects.link;

import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a client: its wire, what waits to be written to it, its heartbeat, and what the client has said about
 * itself on it. It ends with the socket.
 *
 * <p>A link does not know who uses it: it tells one {@link Carried} what became of its writes, and whoever implements that
 * may stand for one session or for several.
 *
 * <p>Safe for use by many threads. No method waits for the socket.
 */
public final class Link {

    private final Codec codec;
    private final Wire wire;
    private final Links links;
    private final OutboundQueue queue;
    private final Heartbeat heartbeat;

    private volatile boolean awaitsConnect;
    private volatile boolean connectWaits;

    Link(Codec codec, Wire wire, Links links, OutboundQueue queue, Heartbeat heartbeat) {
        this.codec = codec;
        this.wire = wire;
        this.links = links;
        this.queue = queue;
        this.heartbeat = heartbeat;
        this.awaitsConnect = codec.awaitsConnect();
    }

    /** Says what the link carries. To be called once, before anything is offered. */
    public void carry(Carried carried) {
        queue.carry(carried);
    }

    /** How frames are written on this link. */
    public Codec codec() {
        return codec;
    }

    /** What the link may use, and how long it may take. */
    public LinkLimits limits() {
        return links.limits();
    }

    /** When the client was last heard and pinged, and which deadlines run. */
    public Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Whether what is sent can be read by this client only. */
    public boolean encrypted() {
        return wire.encrypts();
    }

    /** Whether the client has yet to send its connect frame. */
    public boolean awaitsConnect() {
        return awaitsConnect;
    }

    /** The connect frame came; false when it came before, or never had to. Called by one thread at a time. */
    public boolean connectSaid() {
        boolean first = awaitsConnect;
        awaitsConnect = false;
        return first;
    }

    /** Whether a message that may be the connect frame waits to be read. Called by the thread that reads the socket. */
    public boolean connectWaits() {
        return connectWaits;
    }

    /** A message that may be the connect frame waits to be read. Called by the thread that reads the socket. */
    public void connectWaiting() {
        connectWaits = true;
    }

    /** The client takes several frames in one message. */
    public void takesBatches() {
        queue.batch(codec::batch);
    }

    /** Queues a message behind all others. */
    public Offer offer(Encoded message) {
        return queue.offer(message, null);
    }

    /** Queues a message behind all others. @param queued told where the message stands, once it is queued */
    public Offer offer(Encoded message, Consumer<Place> queued) {
        return queue.offer(message, queued);
    }

    /**
     * Queues the message of a slot as its policy says.
     *
     * @param queued told where the message stands, if it was queued behind all others; {@code null} for nobody
     */
    public Placement place(Slot slot, @Nullable Consumer<Place> queued) {
        return queue.place(slot, queued);
    }

    /** The same, whatever the limits say: for what has to leave before {@link #finish}. */
    public Placement placeLast(Slot slot, @Nullable Consumer<Place> queued) {
        return queue.placeLast(slot, queued);
    }

    /** Drops the oldest message that waits and {@linkplain Slot#droppable() may be dropped}; {@code null} for none. */
    public @Nullable Slot dropOldest() {
        return queue.dropOldest();
    }

    /** Sends a message before all others, although the queue is held. To be called once at most, before {@link #release}. */
    public void sendAhead(Encoded message) {
        queue.sendAhead(message);
    }

    /** Lets the queue go: this message is written first, whatever the limits say, and then what has waited. */
    public void release(Encoded first) {
        queue.release(first);
    }

    /**
     * Lets the queue go for an earlier session: this message is written first, then these, whatever the limits say. What has
     * waited is dropped, because it was for the session that the link began with.
     */
    public void release(Encoded first, List<Queued> next) {
        queue.release(first, next);
    }

    /** Sends a ping control frame before what waits. */
    public void ping() {
        queue.ping();
    }

    /** How many messages wait to be written. */
    public int waiting() {
        return queue.waiting();
    }

    /** Whether the write in progress began longer ago than this. */
    public boolean isStuck(Duration timeout) {
        return queue.isStuck(timeout);
    }

    /**
     * Sends one last message and then closes the socket; nothing is accepted any more.
     *
     * @param last the message, or {@code null} for none
     * @param keepQueued whether what waits is sent before it
     */
    public void finish(@Nullable Encoded last, boolean keepQueued, int code, String reason) {
        queue.finish(last, keepQueued, () -> close(code, reason));
    }

    /** Drops what waits. Nothing is accepted or written any more; {@link #end} has to follow. Touches no socket. */
    public void stop() {
        queue.shut();
    }

    /** Drops what waits. Nothing is accepted, written or read any more; only a close may follow. */
    public void end() {
        queue.shut();
        wire.over();
    }

    /** Closes the socket, on a thread that may be lost to that. */
    public void close(int code, String reason) {
        links.executors().runClose(() -> wire.close(code, reason));
    }

    /** What became of an offered message. */
    public enum Offer {
        /** It waits to be written. */
        QUEUED,
        /** There is no room for it: the client is too far behind. */
        FULL,
        /** The link takes no more. */
        SHUT
    }

    /**
     * Where a message stands that was queued last.
     *
     * @param number its number, counted from the first message of the link, which is the connect frame
     * @param ahead how many messages wait before it
     */
    public record Place(long number, int ahead) {}
}
