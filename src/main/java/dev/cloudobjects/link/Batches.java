package dev.cloudobjects.link;

import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Queued;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which texts of a queue are written together as one message, where the client takes that. Its {@link OutboundQueue} guards it. */
final class Batches {

    private static final int MOST_MESSAGES = 100;
    private static final int MOST_BYTES = 32 * 1024;

    private @Nullable Function<List<Encoded>, Encoded> join;

    /** From now on this makes several messages into one. */
    void by(Function<List<Encoded>, Encoded> joiner) {
        join = joiner;
    }

    /**
     * A message and those at the head of the queue that are written with it; they are removed from the queue.
     *
     * @param start told of each that leaves the queue; gives its message
     */
    List<Encoded> take(Encoded first, Deque<Queued> queue, Function<Queued, Encoded> start) {
        if (join == null || !(first instanceof Encoded.Text) || next(queue) == null) {
            return List.of(first);
        }
        List<Encoded> all = new ArrayList<>();
        all.add(first);
        int size = first.size();
        Encoded next = next(queue);
        while (next != null && all.size() < MOST_MESSAGES && size + next.size() <= MOST_BYTES) {
            all.add(start.apply(queue.removeFirst()));
            size += next.size();
            next = next(queue);
        }
        return all;
    }

    /** The message at the head of the queue, if it is a text. */
    private static Encoded.@Nullable Text next(Deque<Queued> queue) {
        Queued head = queue.peekFirst();
        return head != null && head.message() instanceof Encoded.Text text ? text : null;
    }

    /** Those messages as one. Called outside the monitor. */
    Encoded joined(List<Encoded> all) {
        Function<List<Encoded>, Encoded> joiner = join;
        return all.size() == 1 || joiner == null ? all.get(0) : joiner.apply(all);
    }
}
