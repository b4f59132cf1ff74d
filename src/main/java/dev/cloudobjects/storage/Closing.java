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

    /** Runs the steps; throws the first of their failures, with the others suppressed, at the end. */
    @Override
    public synchronized void close() {
        RuntimeException first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
