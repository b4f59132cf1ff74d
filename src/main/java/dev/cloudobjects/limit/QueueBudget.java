package dev.cloudobjects.limit;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that may wait in all queues of a kind together. Safe for use by many threads. */
public final class QueueBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** A budget of so many bytes. */
    public QueueBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes; false, and nothing taken, when not so many are left. */
    public boolean take(int bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Takes bytes for what must be queued whatever the budget says. */
    public void charge(int bytes) {
        used.addAndGet(bytes);
    }

    /** Gives bytes back that were taken. */
    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** The bytes that wait now. */
    public long used() {
        return used.get();
    }
}
