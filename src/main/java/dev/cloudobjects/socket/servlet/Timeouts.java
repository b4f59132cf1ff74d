package dev.cloudobjects.socket.servlet;

/** Runs an action unless it is cancelled in time. Safe for use by many threads. */
public interface Timeouts {

    /** Starts a timeout. @param onTimeout called once when the time has passed, on a thread that must not wait */
    void start(Runnable onTimeout);

    /** Cancels a timeout. @param onTimeout the object that {@link #start} was given; nothing happens if it was not started */
    void cancel(Runnable onTimeout);
}
