package dev.cloudobjects.socket.servlet;

/** With clients that are to answer a close frame. */
public interface Timeouts {

    /** From now on the client is waited for. @param end called once when it has not answered in time, on a thread that must not wait */
    void begin(Runnable end);

    /** The client is waited for no longer. @param end what {@link #begin} was given; nothing happens if it never was */
    void end(Runnable end);
}
