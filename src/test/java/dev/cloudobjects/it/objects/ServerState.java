package dev.cloudobjects.it.objects;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.session.Registry;
import dev.cloudobjects.session.Sessions;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What the server holds, as its insides tell. */
@CloudObject("it/pub.state")
public class ServerState {

    @Inject
    Registry registry;

    @Inject
    Sessions sessions;

    @Inject
    SocketExecutors executors;

    @Inject
    QueueBudget budget;

    @Inject
    ConnectionDirectory directory;

    /** What is held for connections. */
    public Map<String, Object> connections() {
        directory.flush();
        return Map.of(
                "open", registry.size(),
                "tracked", sessions.count(),
                "busyThreads", executors.outstanding(),
                "queuedBytes", budget.used(),
                "rows", directory.list(100).size());
    }

    /** What the process uses, after a garbage collection. */
    public Map<String, Object> process() {
        System.gc();
        var os = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Map.of(
                "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                "descriptors", os.getOpenFileDescriptorCount(),
                "threads", ManagementFactory.getThreadMXBean().getThreadCount(),
                "sessions", SessionCounter.count());
    }
}
