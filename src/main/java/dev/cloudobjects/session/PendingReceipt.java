package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.Receipt.Outcome;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.link.Tracked;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of one message for one connection. The first outcome counts. While it does not wait, its stage completes on the
 * thread of the send, before the application has the stage; when it waits, on a thread of handlers.
 */
final class PendingReceipt implements Tracked {

    private final String cid;
    private final Until until;
    private final Receipts all;
    private final CompletableFuture<Outcome> stage = new CompletableFuture<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile @Nullable OpenReceipts waitsIn;

    PendingReceipt(String cid, Until until, Receipts all) {
        this.cid = cid;
        this.until = until;
        this.all = all;
    }

    String cid() {
        return cid;
    }

    boolean isUntilAcknowledged() {
        return until == Until.ACKNOWLEDGED;
    }

    /** What the application gets. */
    Receipt shown() {
        return new Receipt(cid, stage.minimalCompletionStage());
    }

    void waitsIn(OpenReceipts those) {
        waitsIn = those;
    }

    @Override
    public void written() {
        if (until == Until.WRITTEN) {
            end(Outcome.WRITTEN);
        }
    }

    void acknowledged() {
        end(Outcome.ACKNOWLEDGED);
    }

    @Override
    public void replaced() {
        end(Outcome.REPLACED);
    }

    @Override
    public void dropped() {
        end(Outcome.DROPPED);
    }

    /** The session has ended. */
    void ended() {
        end(Outcome.ENDED);
    }

    void fail(CloudObjectException why) {
        if (done.compareAndSet(false, true)) {
            stage.completeExceptionally(why);
        }
    }

    private void end(Outcome outcome) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        OpenReceipts open = waitsIn;
        if (open == null) {
            stage.complete(outcome);
        } else {
            open.remove(this);
            all.end(() -> stage.complete(outcome));
        }
    }
}
