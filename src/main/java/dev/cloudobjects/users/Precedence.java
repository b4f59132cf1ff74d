package dev.cloudobjects.users;

import dev.cloudobjects.limit.Moments;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which of the networks that wait for a password check comes first. One that had no turn lately comes ahead of those that
 * had: a turn is a check, or a refusal, so whoever comes again at once comes last. A network from which a login succeeded
 * comes ahead of strangers, and has its next turn sooner. Of those without a turn lately the newest comes first, because with
 * too many in line the first to come would wait in vain like all others; of those with one, who had it the longest ago.
 *
 * <p>Remembers so many networks at most, in memory. Safe for use by many threads.
 */
final class Precedence {

    /** A network that had a turn comes behind others for so long. */
    static final long LATELY = TimeUnit.MINUTES.toNanos(1);

    /** The same, where a login succeeded: as long as whoever was refused is asked to wait. */
    static final long LATELY_OF_KNOWN = TimeUnit.SECONDS.toNanos(3);

    /** How long a network is known by a login that succeeded. */
    static final long KNOWN = TimeUnit.HOURS.toNanos(24);

    private static final int MOST = 50_000;

    private final Moments turns;
    private final Moments logins;

    /** No network is known. @param nanos a clock that never jumps */
    Precedence(LongSupplier nanos) {
        this.turns = new Moments(MOST, nanos);
        this.logins = new Moments(MOST, nanos);
    }

    private enum Group {
        KNOWN,
        STRANGER,
        HAD_TURN
    }

    /** Where one stands. Those that come first are less than others. It holds as long as no time passes. */
    record Rank(Group group, long behind) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER =
                Comparator.comparing(Rank::group).thenComparingLong(Rank::behind);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    /** A network has its turn now: a check begins, or is refused. */
    void turn(String network) {
        turns.note(network);
    }

    /** A login from a network succeeded. */
    void succeeded(String network) {
        logins.note(network);
    }

    /** Where a network stands. @param number the later it came, the larger */
    Rank of(String network, long number) {
        boolean known = isWithin(logins.ago(network), KNOWN);
        OptionalLong turn = turns.ago(network);
        if (isWithin(turn, known ? LATELY_OF_KNOWN : LATELY)) {
            return new Rank(Group.HAD_TURN, -turn.getAsLong());
        }
        return new Rank(known ? Group.KNOWN : Group.STRANGER, -number);
    }

    private static boolean isWithin(OptionalLong ago, long time) {
        return ago.isPresent() && ago.getAsLong() < time;
    }
}
