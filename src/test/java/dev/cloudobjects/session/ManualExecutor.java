package dev.cloudobjects.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks when a test says so. */
public final class ManualExecutor implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean refuses;
    private volatile boolean refusesNext;

    @Override
    public void execute(Runnable task) {
        boolean once = refusesNext;
        refusesNext = false;
        if (refuses || once) {
            throw new RejectedExecutionException("stopped");
        }
        tasks.add(task);
    }

    /** From now on it takes no task, or takes them again. */
    public void refuse(boolean refuse) {
        refuses = refuse;
    }

    /** It does not take the next task. */
    public void refuseNext() {
        refusesNext = true;
    }

    /** Runs what waits and what that brings; tells how many tasks ran. */
    public int runAll() {
        int ran = 0;
        while (runNext()) {
            ran++;
        }
        return ran;
    }

    public boolean runNext() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    public int waiting() {
        return tasks.size();
    }
}
