package dev.cloudobjects.link;

import dev.cloudobjects.protocol.Encoded;
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

    /** A message and those at the head of the queue that are written with it; they are removed from the queue. */
    List<Encoded> take(Encoded first, Deque<Encoded> queue) {
        if (join == null || !(first instanceof Encoded.Text) || !(queue.peekFirst() instanceof Encoded.Text)) {
            return List.of(first);
        }
        List<Encoded> all = new ArrayList<>();
        all.add(first);
        int size = first.size();
        while (all.size() < MOST_MESSAGES
                && queue.peekFirst() instanceof Encoded.Text next
                && size + next.size() <= MOST_BYTES) {
            all.add(queue.removeFirst());
            size += next.size();
        }
        return all;
    }

    /** Those messages as one. Called outside the monitor. */
    Encoded joined(List<Encoded> all) {
        Function<List<Encoded>, Encoded> joiner = join;
        return all.size() == 1 || joiner == null ? all.get(0) : joiner.apply(all);
    }
}
