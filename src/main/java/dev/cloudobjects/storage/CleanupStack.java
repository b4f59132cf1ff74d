package dev.cloudobjects.storage;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Cleanup steps, run in reverse order of {@link #add}. Each step runs even if others throw. Further calls of
 * {@link #close} do nothing. Safe for use by many threads.
 */
final class CleanupStack implements AutoCloseable {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    synchronized void add(Runnable step) {
        steps.push(step);
    }

    /** Runs the steps after a failure; exceptions of the steps are added to it as suppressed. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    /** Runs the steps, then throws the first exception of a step, with the others as suppressed. */
    @Override
    public synchronized void close() {
        Throwable first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
        if (first instanceof Error failure) {
            throw failure;
        }
    }
}
