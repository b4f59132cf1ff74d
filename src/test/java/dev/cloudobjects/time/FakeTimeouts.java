package dev.cloudobjects.time;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Timeouts that end when a test says so. */
public final class FakeTimeouts implements Timeouts {

    private final Set<Runnable> waiting = new LinkedHashSet<>();

    @Override
    public synchronized void start(Runnable onTimeout) {
        waiting.add(onTimeout);
    }

    @Override
    public synchronized void cancel(Runnable onTimeout) {
        waiting.remove(onTimeout);
    }

    @Override
    public void close() {
        timeOut();
    }

    public synchronized int size() {
        return waiting.size();
    }

    public void timeOut() {
        List<Runnable> ends;
        synchronized (this) {
            ends = new ArrayList<>(waiting);
            waiting.clear();
        }
        ends.forEach(Runnable::run);
    }
}
