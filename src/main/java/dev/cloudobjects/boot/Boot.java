package dev.cloudobjects.boot;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the application when it is deployed and stops it when it goes: in order, and leaving nothing open. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Boot {

    private static final long WATCH_MILLIS = 250;

    @Inject
    Preparation preparation;

    @Inject
    Secrets secrets;

    @Inject
    Watch watch;

    @Inject
    Drain drain;

    @Inject
    Shutdown shutdown;

    @Resource
    ManagedScheduledExecutorService scheduler;

    private @Nullable ScheduledFuture<?> watching;

    @PostConstruct
    void start() {
        secrets.announce();
        preparation.run();
        drain.listen();
        watching = scheduler.scheduleWithFixedDelay(watch::look, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        drain.unlisten();
        shutdown.run();
        if (watching != null) {
            watching.cancel(false);
        }
    }
}
