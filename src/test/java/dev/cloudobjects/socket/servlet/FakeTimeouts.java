package dev.cloudobjects.socket.servlet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Is over when a test says so. */
public final class FakeTimeouts implements Timeouts {

    private final Set<Runnable> waiting = new LinkedHashSet<>();

    @Override
    public void begin(Runnable end) {
        waiting.add(end);
    }

    @Override
    public void end(Runnable end) {
        waiting.remove(end);
    }

    public int waitsFor() {
        return waiting.size();
    }

    public void isOver() {
        List<Runnable> ends = new ArrayList<>(waiting);
        waiting.clear();
        ends.forEach(Runnable::run);
    }
}
