package dev.cloudobjects.storage;

import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import dev.cloudobjects.log.Log;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The embedded database: a server in this process that speaks MongoDB's protocol on a random port of the loopback address
 * and stores its data in one file. It has no authentication, so every user of this machine can access it.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final String FLIGHT_RECORDER = "io.netty.jfr.enabled";
    private static final long COMMIT_MILLIS = 1_000;
    private static final long STOP_TIMEOUT_SECONDS = 10;

    private final ServerAddress address;
    private final CleanupStack cleanup;

    private EmbeddedServer(ServerAddress address, CleanupStack cleanup) {
        this.address = address;
        this.cleanup = cleanup;
    }

    /**
     * Opens the file in {@code folder} and starts the server; creates folder and file if they are missing.
     *
     * @param layer the file system of H2, see {@link StoreFile}
     * @throws IllegalStateException naming the folder, the reason and the remedy; nothing stays open
     */
    static EmbeddedServer open(Path folder, String layer) {
        CleanupStack cleanup = new CleanupStack();
        try {
            loadNetty();
            StoreFile file = new StoreFile(folder, layer);
            file.createIfMissing();
            RecoveringBackend backend = new RecoveringBackend(file);
            cleanup.add(backend::close);
            MongoServer server = new MongoServer(backend);
            // Closes the backend as well; the backend's own step is for a failure before this line.
            cleanup.add(() -> stop(server, backend));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ScheduledExecutorService timer = commitRegularly(backend);
            cleanup.add(() -> stop(timer));
            InetSocketAddress bound = server.getLocalAddress();
            return new EmbeddedServer(
                    new ServerAddress(bound.getAddress().getHostAddress(), bound.getPort()), cleanup);
        } catch (RuntimeException | IOException e) {
            cleanup.closeAfter(e);
            throw refused(folder, e);
        } catch (Error e) {
            cleanup.closeAfter(e);
            throw e;
        } finally {
            FastThreadLocal.removeAll();
        }
    }

    private static IllegalStateException refused(Path folder, Exception cause) {
        OpenFailure failure = OpenFailure.of(cause);
        String reason = failure.reason() + (cause instanceof OpenFailure.OpenException ? "" : " (" + ExceptionTranslator.reason(cause) + ")");
        Log.DATABASE_UNOPENED.log(folder, reason, failure.remedy());
        return new IllegalStateException(
                "the embedded database in " + folder + " can't be opened: " + reason + "; " + failure.remedy(), cause);
    }

    /**
     * Loads Netty with its Java Flight Recorder events disabled. The recorder would keep a listener, and with it all classes
     * of this application, until the process ends. Netty reads the property once, and this application has its own Netty.
     */
    private static void loadNetty() {
        // Synchronized because another copy of this application may do the same.
        synchronized (System.getProperties()) {
            String before = System.getProperty(FLIGHT_RECORDER);
            System.setProperty(FLIGHT_RECORDER, "false");
            try {
                Class.forName("io.netty.util.internal.PlatformDependent");
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the archive lacks Netty", e);
            } finally {
                if (before == null) {
                    System.clearProperty(FLIGHT_RECORDER);
                } else {
                    System.setProperty(FLIGHT_RECORDER, before);
                }
            }
        }
    }

    ServerAddress address() {
        return address;
    }

    /** Stops the server and closes the file. Further calls do nothing. */
    @Override
    public void close() {
        // An interrupt would close the file channel during the last write.
        boolean interrupted = Thread.interrupted();
        try {
            cleanup.close();
        } finally {
            FastThreadLocal.removeAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // commitOrRecover never throws
    private static ScheduledExecutorService commitRegularly(RecoveringBackend backend) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cloudobjects-database");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(backend::commitOrRecover, COMMIT_MILLIS, COMMIT_MILLIS, TimeUnit.MILLISECONDS);
        return timer;
    }

    // shutdown(), not shutdownNow(): an interrupt closes a file channel that is being written, and so the database.
    private static void stop(ScheduledExecutorService timer) {
        timer.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (timer.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    break;
                }
                throw new IllegalStateException("the embedded database is still being written");
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(MongoServer server, RecoveringBackend backend) {
        try {
            backend.lastCommit();
        } finally {
            server.shutdownNow();
        }
    }
}
