package dev.cloudobjects.observe.microprofile;

import dev.cloudobjects.dispatch.RunningCalls;
import dev.cloudobjects.history.Histories;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.observe.Gauge;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.presence.Places;
import dev.cloudobjects.session.Registry;
import dev.cloudobjects.session.SessionFactory;
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
 * Registers the metrics of {@code /metrics}: the counters and the current values. All values are read on request, so metrics
 * add no cost to the application. Therefore the counters are registered as gauges, with names that end in {@code total}.
 */
@ApplicationScoped
class Metrics {

    private static final String PREFIX = "cloudobjects.";

    /** The application's name: a label, because a server may have several copies of the application. */
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
            SessionFactory sessions,
            QueueBudget budget,
            SocketExecutors executors,
            RunningCalls calls,
            Histories histories,
            Places places) {
        for (Gauge gauge : Gauge.values()) {
            Supplier<Number> value = switch (gauge) {
                case CONNECTIONS_OPEN -> registry::connected;
                case SESSIONS_AWAY -> registry::away;
                case RESUME_BYTES -> sessions::keptBytes;
                case HISTORY_GROUPS -> histories::size;
                case HISTORY_MESSAGES -> histories::messages;
                case HISTORY_BYTES -> histories::bytes;
                case PRESENCE_PLACES -> places::size;
                case QUEUE_BYTES -> budget::used;
                case THREADS_CLOSING -> executors::outstanding;
                case CALLS_RUNNING -> calls::size;
            };
            show(metrics, gauge.metric(), gauge.help(), value);
        }
    }

    private void show(MetricRegistry metrics, String name, String help, Supplier<Number> value) {
        Metadata metadata =
                Metadata.builder().withName(PREFIX + name).withDescription(help).build();
        Tag tag = new Tag("application", application);
        metrics.gauge(metadata, value, tag);
        shown.add(new MetricID(PREFIX + name, tag));
    }

    /** Removes the metrics: the registry belongs to the server and would keep this application in memory. */
    void removeAll(@Observes Shutdown stopping, MetricRegistry metrics) {
        shown.forEach(metrics::remove);
    }
}
