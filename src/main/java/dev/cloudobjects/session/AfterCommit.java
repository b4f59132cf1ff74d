package dev.cloudobjects.session;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Holds work back until the transaction in progress has committed. */
@ApplicationScoped
class AfterCommit {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transactions;

    /** Defers the work to the commit of the transaction in progress, if it comes to one; false when there is none. */
    boolean defer(Runnable work) {
        if (transactions.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK) {
            return true;
        }
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            return false;
        }
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Only the outcome matters.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    work.run();
                }
            }
        });
        return true;
    }
}
