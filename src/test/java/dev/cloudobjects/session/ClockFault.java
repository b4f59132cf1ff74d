package dev.cloudobjects.session;

import dev.cloudobjects.time.ManualClock;
import java.time.Duration;

/**
 * What has to hold for a class while the time of day is set, by an hour at most, on a server that runs.
 *
 * @param reader the class that reads the time
 * @param what what holds
 */
public record ClockFault(Class<?> reader, String what, Check check) {

    /** How far the time of day is set. */
    public static final Duration HOUR = Duration.ofHours(1);

    /** The check itself. */
    @FunctionalInterface
    public interface Check {

        /** Checks. @param set sets the time of day; to be called twice, at moments that matter */
        void run(ManualClock clock, Runnable set) throws Exception;
    }

    @Override
    public String toString() {
        return reader.getSimpleName() + ": " + what;
    }
}
