package dev.cloudobjects.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Tasks that wait for a thread, and run in whatever order a schedule says. */
final class Tasks implements Executor {

    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    int size() {
        return waiting.size();
    }

    void run(int index) {
        waiting.remove(index).run();
    }
}
