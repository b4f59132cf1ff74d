package dev.cloudobjects.time;

/** Runs an action unless it is cancelled in time. Safe for use by many threads. */
public interface Timeouts extends AutoCloseable {

    /** Starts a timeout. @param onTimeout called once when the time has passed, on a thread that must not wait */
    void start(Runnable onTimeout);

    /** Cancels a timeout. @param onTimeout the object that {@link #start} was given; nothing happens if it was not started */
    void cancel(Runnable onTimeout);

    /** Runs the actions of all timeouts that have started, at once, and of those that are started later. */
    @Override
    void close();
}
