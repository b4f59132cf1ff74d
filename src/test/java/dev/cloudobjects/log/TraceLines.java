package dev.cloudobjects.log;

/** Hears the lines of traces while it is open. */
public final class TraceLines extends LogLines {

    public TraceLines() {
        super("dev.cloudobjects.trace");
    }
}
