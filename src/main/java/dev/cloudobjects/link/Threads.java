package dev.cloudobjects.link;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual threads where the JDK has them, platform threads on 17. */
final class Threads {

    private Threads() {}

    /** For tasks that do not wait. */
    static ExecutorService forShortTasks(String name) {
        return virtual(name).orElseGet(() -> {
            int most = Math.max(2, Runtime.getRuntime().availableProcessors());
            return new ThreadPoolExecutor(
                    most, most, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), daemons(name));
        });
    }

    /** For tasks that may wait for ever. */
    static ExecutorService forBlockingTasks(String name) {
        return virtual(name).orElseGet(() -> new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name)));
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** By reflection, because the classes are compiled for 17. */
    private static Optional<ExecutorService> virtual(String name) {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builderType.getMethod("name", String.class, long.class).invoke(builder, name + "-", 0L);
            Method factory = builderType.getMethod("factory");
            Method executor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return Optional.of((ExecutorService) executor.invoke(null, factory.invoke(named)));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
