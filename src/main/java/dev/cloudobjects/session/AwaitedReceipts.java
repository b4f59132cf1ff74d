package dev.cloudobjects.session;

import dev.cloudobjects.link.Tracked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receipts of one session that wait until its client has confirmed their frames. Its {@link SentLog} guards it. */
final class AwaitedReceipts {

    private static final long ASK_AGAIN = 1_000_000_000L;

    private final List<Awaited> all = new ArrayList<>();
    private long asked;

    /** @param number the number of the frame: the client has it when it has so many */
    private record Awaited(PendingReceipt receipt, long number) {}

    void add(PendingReceipt receipt, long number) {
        all.add(new Awaited(receipt, number));
    }

    void forget(@Nullable Tracked receipt) {
        all.removeIf(awaited -> awaited.receipt().equals(receipt));
    }

    /** A frame was taken out: those behind it have smaller numbers. @param number the number that it had */
    void removed(@Nullable Tracked receipt, long number) {
        forget(receipt);
        all.replaceAll(awaited ->
                awaited.number() > number ? new Awaited(awaited.receipt(), awaited.number() - 1) : awaited);
    }

    void confirmed(long received) {
        all.removeIf(awaited -> {
            boolean has = awaited.number() <= received;
            if (has) {
                awaited.receipt().acknowledged();
            }
            return has;
        });
    }

    /** Whether one waits and the client is asked for its count now: once a second, since it says it no more often. */
    boolean isAskDue(long now) {
        if (all.isEmpty() || (asked != 0 && now - asked < ASK_AGAIN)) {
            return false;
        }
        asked = now;
        return true;
    }
}
