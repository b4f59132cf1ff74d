package dev.cloudobjects.boot;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.threads.WorkerPool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;

/**
 * The thread pool of events and calls. Its threads have the context of the application, so that handlers can use its
 * resources. They are virtual threads if the JDK has them.
 *
 * <p>The pool is separate from the container's, which also serves HTTP: without virtual threads a managed executor would use
 * the container's threads, and a few hundred handlers that hang would stop the server.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/cloudobjects-handlers", virtual = true)
public class Handlers implements Executor {

    /** The maximum number of threads; further tasks wait. */
    private static final int MOST = 10_000;

    private static final int KEPT = 256;

    @Resource(lookup = "java:module/concurrent/cloudobjects-handlers")
    ManagedThreadFactory threads;

    private WorkerPool pool;

    @PostConstruct
    void start() {
        pool = new WorkerPool(threads, KEPT, MOST, Log.HANDLERS_BUSY::log);
    }

    /** The pool, for other tasks. */
    @Produces
    @Singleton
    @Typed(WorkerPool.class)
    WorkerPool pool() {
        return pool;
    }

    @PreDestroy
    void stop() {
        pool.close();
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Starts threads for waiting tasks. */
    void look() {
        pool.look();
    }
}
