package dev.cloudobjects.time;

/** A clock for durations. It never jumps, and does not know the time of day. */
@FunctionalInterface
public interface NanoClock {

    /** Nanoseconds since some moment in the past: always above zero, so that 0 can stand for never. */
    long nanos();

    /** The clock of this JVM. */
    static NanoClock system() {
        long start = System.nanoTime();
        return () -> System.nanoTime() - start + 1;
    }
}
