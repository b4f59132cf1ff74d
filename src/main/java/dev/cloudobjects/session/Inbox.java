package dev.cloudobjects.session;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.log.Log;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * What waits for the handlers of one session: bounded, in order, one at a time, on the executor; one task of the
 * executor handles several messages in a row. The monitor guards all fields and is never held while a handler runs.
 */
final class Inbox {

    /** After so many messages in a row the thread is given back, so that one busy session does not keep it. */
    private static final int RUN = 64;

    /** The same after so many bytes, because large messages are costly to read. */
    private static final int RUN_BYTES = 16 * 1024;

    private final Executor executor;
    private final int maxMessages;
    private final int maxBytes;
    private final QueueBudget budget;
    private final Queue<Waiting> queue = new ArrayDeque<>(2);
    private int bytes;
    private int incomplete;
    private int beside;
    private boolean running;
    private boolean shut;
    private int epoch;
    private long handling;

    /**
     * An inbox.
     *
     * @param executor refuses no task while the server runs, because no task is submitted again
     * @param budget the bytes that may wait or be incomplete in all inboxes together
     */
    Inbox(Executor executor, int maxMessages, int maxBytes, QueueBudget budget) {
        this.executor = executor;
        this.budget = budget;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    private record Waiting(Runnable handler, int bytes) {}

    /**
     * Queues a message; false when too many wait. One that comes after the end is dropped, as if it were late.
     *
     * @param size the bytes that the message keeps while it waits
     */
    boolean offer(Runnable message, int size) {
        return put(new Waiting(message, size), true);
    }

    /** Queues what must not be lost, such as the end of the session. */
    void add(Runnable step) {
        put(new Waiting(step, 0), false);
    }

    /** Counts the bytes that have come of a message that is yet to be complete; false when there is no room for them. */
    synchronized boolean holds(int incompleteBytes) {
        int more = shut ? -incomplete : incompleteBytes - incomplete;
        if (more > 0 && !budget.take(more)) {
            return false;
        }
        if (more < 0) {
            budget.giveBack(-more);
        }
        incomplete += more;
        return true;
    }

    /**
     * Counts a message that waits for a thread, but not for the messages in the inbox; false when there is no room for it. It has the
     * same limit of bytes, for itself.
     */
    synchronized boolean holdBeside(int size) {
        if (shut || (beside > 0 && (long) beside + size > maxBytes) || !budget.take(size)) {
            return false;
        }
        beside += size;
        return true;
    }

    /** That message waits no more. */
    synchronized void releaseBeside(int size) {
        beside -= size;
        budget.giveBack(size);
    }

    /** Takes no more messages; those that wait are kept or dropped. */
    synchronized void shut(boolean keep) {
        shut = true;
        holds(0);
        if (!keep) {
            budget.giveBack(bytes);
            bytes = 0;
            queue.clear();
        }
    }

    /** The number of the handler that runs now, for {@link #abandon}. */
    synchronized long handling() {
        return handling;
    }

    /**
     * Goes on without a handler that does not return: what comes next gets another thread. Nothing happens when it has
     * returned by now.
     */
    void abandon(long number) {
        int current;
        synchronized (this) {
            if (!running || handling != number) {
                return;
            }
            current = ++epoch;
        }
        submit(current);
    }

    private boolean put(Waiting handler, boolean message) {
        int current;
        synchronized (this) {
            if (message && (shut || isFull(handler.bytes()) || !budget.take(handler.bytes()))) {
                return shut;
            }
            bytes += handler.bytes();
            queue.add(handler);
            if (running) {
                return true;
            }
            running = true;
            current = epoch;
        }
        submit(current);
        return true;
    }

    /** A message that is larger than all that may wait is taken when nothing else does. */
    private boolean isFull(int more) {
        return queue.size() >= maxMessages || (!queue.isEmpty() && (long) bytes + more > maxBytes);
    }

    private void submit(int current) {
        try {
            executor.execute(() -> drain(current));
        } catch (RuntimeException | Error e) {
            // Where there is no memory for the task: what comes next, the end at the latest, submits a new one.
            synchronized (this) {
                running = false;
            }
            throw e;
        }
    }

    private void drain(int mine) {
        long handled = 0;
        for (int i = 0; i < RUN && handled < RUN_BYTES; i++) {
            Waiting next;
            synchronized (this) {
                if (mine != epoch) {
                    return;
                }
                next = queue.poll();
                handling++;
                if (next == null) {
                    running = false;
                    return;
                }
                bytes -= next.bytes();
            }
            budget.giveBack(next.bytes());
            handled += next.bytes();
            try {
                next.handler().run();
            } catch (RuntimeException | Error e) {
                // Those that wait are handled all the same.
                Log.HANDLING_FAILED.log(e);
            }
        }
        synchronized (this) {
            if (mine != epoch) {
                return;
            }
            handling++;
        }
        submit(mine);
    }
}
