package dev.cloudobjects.observe.microprofile;

import dev.cloudobjects.dispatch.RunningCalls;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.session.Registry;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * {@code /metrics}: the meters, and how much of everything there is now. All are read when they are asked for, so that
 * counting costs the application nothing more; therefore the meters, too, are gauges, whose names end in {@code total}.
 */
@ApplicationScoped
class Metrics {

    private static final String PREFIX = "cloudobjects.";

    /** A server may have several copies of the application. */
    @Resource(lookup = "java:app/AppName")
    String application;

    private final List<MetricID> shown = new CopyOnWriteArrayList<>();

    void countMeters(@Observes Startup started, MetricRegistry metrics, Meters meters) {
        for (Meter meter : Meter.values()) {
            show(metrics, meter.metric() + ".total", meter.help(), () -> meters.value(meter));
        }
    }

    void showLevels(
            @Observes Startup started,
            MetricRegistry metrics,
            Registry registry,
            QueueBudget budget,
            SocketExecutors executors,
            RunningCalls calls) {
        show(metrics, "connections.open", "WebSocket connections that are open", registry::size);
        show(metrics, "queue.bytes", "Bytes that wait for clients to read them", budget::used);
        show(metrics, "threads.closing", "Threads that close sockets or ping clients, or are lost to it", executors::outstanding);
        show(metrics, "calls.running", "Calls of methods and events that run", calls::size);
    }

    private void show(MetricRegistry metrics, String name, String help, Supplier<Number> value) {
        Metadata metadata =
                Metadata.builder().withName(PREFIX + name).withDescription(help).build();
        Tag tag = new Tag("application", application);
        metrics.gauge(metadata, value, tag);
        shown.add(new MetricID(PREFIX + name, tag));
    }

    /** The registry is the server's, and would keep what is measured, and all that it knows. */
    void removeAll(@Observes Shutdown stopping, MetricRegistry metrics) {
        shown.forEach(metrics::remove);
    }
}
