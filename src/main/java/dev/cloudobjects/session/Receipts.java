package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Until;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The receipts of all sessions of a node that wait. Stages complete on the threads of handlers, because what an application
 * does then may wait. Safe for use by many threads.
 */
final class Receipts {

    private final SendLimits limits;
    private final Executor handlers;
    private final AtomicInteger waiting = new AtomicInteger();

    Receipts(SendLimits limits, Executor handlers) {
        this.limits = limits;
        this.handlers = handlers;
    }

    /** A receipt that waits for nothing yet. */
    PendingReceipt open(String cid, Until until) {
        return new PendingReceipt(cid, until, this);
    }

    /** One more waits for a session; false, and the receipt has failed, when that is too many. */
    boolean begin(PendingReceipt receipt, OpenReceipts of) {
        if (waiting.incrementAndGet() > limits.totalReceipts()) {
            waiting.decrementAndGet();
            receipt.fail(tooMany("of all connections", limits.totalReceipts()));
            return false;
        }
        switch (of.add(receipt, limits.receipts())) {
            case ADDED -> {
                return true;
            }
            case FULL -> receipt.fail(tooMany("of connection " + receipt.cid(), limits.receipts()));
            case ENDED -> receipt.ended();
        }
        waiting.decrementAndGet();
        return false;
    }

    private static CloudObjectException tooMany(String whose, int limit) {
        return new CloudObjectException(
                Code.TOO_MANY, "sendTracked: more than " + limit + " receipts " + whose + " wait; the message was sent without one");
    }

    /** One that waited has its outcome. */
    void end(Runnable completion) {
        waiting.decrementAndGet();
        handlers.execute(completion);
    }

    /** How many wait now. */
    int waiting() {
        return waiting.get();
    }
}
