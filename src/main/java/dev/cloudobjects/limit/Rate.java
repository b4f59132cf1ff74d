package dev.cloudobjects.limit;

import java.util.concurrent.TimeUnit;

/**
 * How often something may happen: so many times at once, and in the long run so many times in a second.
 *
 * @param perSecond the long run; 0 for no limit
 * @param burst how many at once; not used when there is no limit
 */
public record Rate(int perSecond, int burst) {

    /** No limit. */
    public static final Rate UNLIMITED = new Rate(0, 0);

    public Rate {
        if (perSecond < 0 || (perSecond > 0 && burst < 1)) {
            throw new IllegalArgumentException("a rate of " + perSecond + " a second with a burst of " + burst);
        }
    }

    /** A rate whose burst is what it allows in so many seconds. */
    public static Rate over(int seconds, int perSecond) {
        return new Rate(perSecond, (int) Math.min(Integer.MAX_VALUE, (long) perSecond * seconds));
    }

    /** Whether there is no limit. */
    public boolean isUnlimited() {
        return perSecond == 0;
    }

    /** The nanoseconds that one of them takes from the allowance. */
    long cost() {
        return TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** The nanoseconds of the whole allowance. */
    long allowance() {
        return cost() * burst;
    }
}
