package dev.cloudobjects.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The receipts of one session that wait. Safe for use by many threads. */
final class OpenReceipts {

    private final Set<PendingReceipt> all = new HashSet<>();
    private boolean ended;

    /** Whether a receipt waits now. */
    enum Added {
        ADDED,
        FULL,
        ENDED
    }

    synchronized Added add(PendingReceipt receipt, int most) {
        if (ended) {
            return Added.ENDED;
        }
        if (all.size() >= most) {
            return Added.FULL;
        }
        receipt.waitsIn(this);
        all.add(receipt);
        return Added.ADDED;
    }

    synchronized void remove(PendingReceipt receipt) {
        all.remove(receipt);
    }

    /** The session has ended: none waits any longer. */
    void end() {
        List<PendingReceipt> left;
        synchronized (this) {
            ended = true;
            left = List.copyOf(all);
        }
        left.forEach(PendingReceipt::ended);
    }
}
