package dev.cloudobjects.boot;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that events run on: they have the context of the application, so handlers may use its resources. Virtual
 * where the JDK has them.
 *
 * <p>They are threads of their own and not the container's, which also serve HTTP: on a JDK without virtual threads a
 * managed executor would take those, and a few hundred handlers that hang would stop the whole server.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/cloudobjects-handlers", virtual = true)
public class Handlers implements Executor {

    /** More handlers than this at once are refused, which ends their connections. */
    private static final int MOST = 10_000;

    /** So many wait for work without a time limit, which would cost a timer for each message. */
    private static final int KEPT = 256;

    private static final long IDLE_SECONDS = 30;

    @Resource(lookup = "java:module/concurrent/cloudobjects-handlers")
    ManagedThreadFactory threads;

    private ExecutorService executor;

    @PostConstruct
    void start() {
        executor = new ThreadPoolExecutor(KEPT, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }
}
