package dev.cloudobjects.boot;

import dev.cloudobjects.config.DataFolder;
import dev.cloudobjects.liberty.LibertyStopListener;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Duration;

/** Starts the application at its deployment and stops it at its end, in order. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Boot {

    private static final Duration WATCH_PAUSE = Duration.ofMillis(250);

    @Inject
    StartSequence preparation;

    @Inject
    Secrets secrets;

    @Inject
    DataFolder data;

    @Inject
    PeriodicChecks watch;

    @Inject
    Drain drain;

    @Inject
    StopSequence shutdown;

    private final LibertyStopListener stop = new LibertyStopListener();

    /** Creates threads with the context of the application, outside the pool that serves requests. */
    @Resource
    ManagedThreadFactory threads;

    @PostConstruct
    void start() {
        secrets.announce();
        preparation.run();
        data.started();
        drain.listen();
        stop.listen(threads, drain::run);
        watch.start(threads, WATCH_PAUSE);
    }

    @PreDestroy
    void stop() {
        stop.unlisten();
        drain.unlisten();
        shutdown.run();
        watch.stop();
    }
}
