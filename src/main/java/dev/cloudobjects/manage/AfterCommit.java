package dev.cloudobjects.manage;

import dev.cloudobjects.config.UnproxiedSingleton;
import jakarta.annotation.Resource;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Defers work until the transaction in progress has committed. */
@UnproxiedSingleton
class AfterCommit {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    /** Defers the work to the commit of the transaction in progress, if it comes to one; false when there is none. */
    boolean defer(Runnable work) {
        return defer(work, () -> {
            // What waited for the commit is forgotten.
        });
    }

    /** The same. @param otherwise runs where the transaction does not commit */
    boolean defer(Runnable work, Runnable otherwise) {
        int status = transactions.getTransactionStatus();
        if (status == Status.STATUS_MARKED_ROLLBACK) {
            otherwise.run();
            return true;
        }
        if (status != Status.STATUS_ACTIVE) {
            return false;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Only the outcome matters.
            }

            @Override
            public void afterCompletion(int outcome) {
                if (outcome == Status.STATUS_COMMITTED) {
                    work.run();
                } else {
                    otherwise.run();
                }
            }
        });
        return true;
    }
}
