package dev.cloudobjects.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A rate limit: an average rate and a burst. Immutable.
 *
 * @param times the number of events per {@code seconds}; 0 for no limit
 * @param seconds the period
 * @param burst the number of events at once; ignored without a limit
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

    /** A rate per second. */
    public Rate(int perSecond, int burst) {
        this(perSecond, 1, burst);
    }

    /** A rate per hour, whose burst is the number of one hour; 0 for no limit. */
    public static Rate perHour(int times) {
        return new Rate(times, HOUR, times);
    }

    /** A rate per second, whose burst is the number of {@code seconds} seconds. */
    public static Rate over(int seconds, int perSecond) {
        return new Rate(perSecond, (int) Math.min(Integer.MAX_VALUE, (long) perSecond * seconds));
    }

    /** Whether there is no limit. */
    public boolean isUnlimited() {
        return times == 0;
    }

    /** The longest time until the next event is allowed. Meaningless without a limit. */
    public Duration pause() {
        return Duration.ofNanos(cost());
    }

    /** The cost of one event, in nanoseconds. */
    long cost() {
        return TimeUnit.SECONDS.toNanos(seconds) / times;
    }

    /** The cost of a burst, in nanoseconds. */
    long allowance() {
        return cost() * burst;
    }
}
