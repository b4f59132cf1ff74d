package dev.cloudobjects.socket.servlet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Timeouts that end when a test says so. */
public final class FakeTimeouts implements Timeouts {

    private final Set<Runnable> waiting = new LinkedHashSet<>();

    @Override
    public void start(Runnable onTimeout) {
        waiting.add(onTimeout);
    }

    @Override
    public void cancel(Runnable onTimeout) {
        waiting.remove(onTimeout);
    }

    public int size() {
        return waiting.size();
    }

    public void timeOut() {
        List<Runnable> ends = new ArrayList<>(waiting);
        waiting.clear();
        ends.forEach(Runnable::run);
    }
}
