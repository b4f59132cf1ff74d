package dev.cloudobjects.link;

import dev.cloudobjects.threads.WorkerPool;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual threads where the JDK has them, platform threads on 17. */
final class Threads {

    /** So many threads for short tasks wait for the next one. */
    private static final int KEPT = 16;

    private Threads() {}

    /** For tasks that do not wait. */
    static WorkerPool forShortTasks(String name) {
        return virtual(name)
                .map(threads -> new WorkerPool(threads, KEPT, Integer.MAX_VALUE, Threads::unreported))
                .orElseGet(() -> {
                    int most = Math.max(2, Runtime.getRuntime().availableProcessors());
                    return new WorkerPool(daemons(name), most, most, Threads::unreported);
                });
    }

    /** For tasks that may wait for ever. */
    static ExecutorService forBlockingTasks(String name) {
        return virtual(name).map(Threads::each).orElseGet(() -> new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name)));
    }

    /** A write that is late is noticed by its connection, which is closed. */
    private static void unreported(int threads, int waiting) {}

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** By reflection, because the classes are compiled for 17. */
    private static Optional<ThreadFactory> virtual(String name) {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builderType.getMethod("name", String.class, long.class).invoke(builder, name + "-", 0L);
            return Optional.of((ThreadFactory) builderType.getMethod("factory").invoke(named));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static ExecutorService each(ThreadFactory threads) {
        try {
            Method executor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) executor.invoke(null, threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
