package dev.cloudobjects.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often something may happen: so many times at once, and in the long run so many times in some seconds.
 *
 * @param times the long run; 0 for no limit
 * @param seconds how long that is
 * @param burst how many at once; not used when there is no limit
 */
public record Rate(int times, int seconds, int burst) {

    /** No limit. */
    public static final Rate UNLIMITED = new Rate(0, 0);

    private static final int HOUR = 3600;

    public Rate {
        if (times < 0 || seconds < 1 || (times > 0 && burst < 1)) {
            throw new IllegalArgumentException(
                    "a rate of " + times + " in " + seconds + " seconds with a burst of " + burst);
        }
    }

    /** So many times in a second. */
    public Rate(int perSecond, int burst) {
        this(perSecond, 1, burst);
    }

    /** So many times in an hour, or all of them at once; 0 for no limit. */
    public static Rate perHour(int times) {
        return new Rate(times, HOUR, times);
    }

    /** A rate whose burst is what it allows in so many seconds. */
    public static Rate over(int seconds, int perSecond) {
        return new Rate(perSecond, (int) Math.min(Integer.MAX_VALUE, (long) perSecond * seconds));
    }

    /** Whether there is no limit. */
    public boolean isUnlimited() {
        return times == 0;
    }

    /** How long it takes until one more may happen, at most. Of no use without a limit. */
    public Duration pause() {
        return Duration.ofNanos(cost());
    }

    /** The nanoseconds that one of them takes from the allowance. */
    long cost() {
        return TimeUnit.SECONDS.toNanos(seconds) / times;
    }

    /** The nanoseconds of the whole allowance. */
    long allowance() {
        return cost() * burst;
    }
}
