package dev.cloudobjects.observe.microprofile;

import dev.cloudobjects.handshake.SocketUpgrades;
import dev.cloudobjects.session.Sessions;
import dev.cloudobjects.storage.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** {@code /health/live} and {@code /health/ready}. */
@ApplicationScoped
class Health {

    @Inject
    Sessions sessions;

    @Inject
    Database database;

    @Inject
    SocketUpgrades sockets;

    /** Up while the application answers. */
    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("cloudobjects-live");
    }

    /** Up while connections are accepted and the database works; down during the transport test and during a drain. */
    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            boolean accepting = sessions.isAccepting();
            boolean reachable = database.ping();
            boolean decided = sockets.decided();
            return HealthCheckResponse.named("cloudobjects-ready")
                    .withData("accepting", accepting)
                    .withData("database", reachable)
                    .withData("sockets", decided)
                    .status(accepting && reachable && decided)
                    .build();
        };
    }
}
