package dev.cloudobjects.storage;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be closed, last opened first. Every step runs, whatever the others throw; further calls of {@link #close}
 * do nothing.
 */
final class Closing implements AutoCloseable {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    synchronized void add(Runnable step) {
        steps.push(step);
    }

    /** Runs the steps because of a failure, which keeps theirs, and is not hidden by them. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    /** Runs the steps; throws the first of their failures, with the others suppressed, at the end. */
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
