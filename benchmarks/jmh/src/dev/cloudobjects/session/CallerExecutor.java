package dev.cloudobjects.session;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs tasks on the thread that brings them, so that no change of thread is measured. What a task brings itself
 * runs after it, not inside it.
 */
final class CallerExecutor implements Executor {

    private static final class Waiting extends ArrayDeque<Runnable> {
        private static final long serialVersionUID = 1;
        private boolean running;
    }

    private final ThreadLocal<Waiting> waiting = ThreadLocal.withInitial(Waiting::new);

    @Override
    public void execute(Runnable task) {
        Waiting mine = waiting.get();
        mine.add(task);
        if (mine.running) {
            return;
        }
        mine.running = true;
        try {
            for (Runnable next = mine.poll(); next != null; next = mine.poll()) {
                next.run();
            }
        } finally {
            mine.running = false;
        }
    }
}
