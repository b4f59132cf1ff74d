package dev.cloudobjects.link;

import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import org.jspecify.annotations.Nullable;

/**
 * The place of one client for a message that was sent with a policy or a receipt. Until its write has started, another message
 * can take its place, or the place can be given up.
 *
 * <p>While it waits in the queue of a link, the monitor of that queue guards it. When the queue is shut, the monitor of the
 * session's log does; so a queue is shut before its session has no link or another one.
 */
public final class Slot implements Queued {

    private final @Nullable String key;
    private final boolean droppable;
    private Encoded message;
    private @Nullable Tracked tracked;
    private boolean started;

    /**
     * A place.
     *
     * @param key the key of which only the newest message waits; {@code null} for none
     * @param droppable whether it is dropped for a newer message that is droppable too, where there is no room
     * @param tracked told what becomes of the message; {@code null} for nobody
     */
    public Slot(Encoded message, @Nullable String key, boolean droppable, @Nullable Tracked tracked) {
        this.message = message;
        this.key = key;
        this.droppable = droppable;
        this.tracked = tracked;
    }

    @Override
    public Encoded message() {
        return message;
    }

    /** The key of which only the newest message waits; {@code null} for none. */
    public @Nullable String key() {
        return key;
    }

    /** Whether it is dropped for a newer message that is droppable too, where there is no room. */
    public boolean droppable() {
        return droppable;
    }

    /** Who is told what becomes of the message that is in it now. */
    public @Nullable Tracked tracked() {
        return tracked;
    }

    /** Whether its write has started on a link: then a client may have the message. */
    public boolean isStarted() {
        return started;
    }

    void start() {
        started = true;
    }

    /** It waits in a queue, for the first time or again. */
    void waits() {
        started = false;
    }

    /** The two places exchange what is in them: the other one has then what was replaced. */
    public void swap(Slot other) {
        Encoded before = message;
        Tracked toldBefore = tracked;
        message = other.message;
        tracked = other.tracked;
        other.message = before;
        other.tracked = toldBefore;
    }
}
