package dev.cloudobjects.boot;

import dev.cloudobjects.dispatch.HandlerPool;
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
 * The threads that events and calls run on: they have the context of the application, so handlers may use its resources. Virtual
 * where the JDK has them.
 *
 * <p>They are threads of their own and not the container's, which also serve HTTP: on a JDK without virtual threads a
 * managed executor would take those, and a few hundred handlers that hang would stop the whole server.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/cloudobjects-handlers", virtual = true)
public class Handlers implements Executor {

    /** Further events than this wait for one of them to end. */
    private static final int MOST = 10_000;

    private static final int KEPT = 256;

    @Resource(lookup = "java:module/concurrent/cloudobjects-handlers")
    ManagedThreadFactory threads;

    private HandlerPool pool;

    @PostConstruct
    void start() {
        pool = new HandlerPool(threads, KEPT, MOST);
    }

    /** The threads themselves, for who has something else to run there. */
    @Produces
    @Singleton
    @Typed(HandlerPool.class)
    HandlerPool pool() {
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

    /** Finds threads for what still waits. */
    void look() {
        pool.look();
    }
}
