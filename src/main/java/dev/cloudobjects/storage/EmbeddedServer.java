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
 * The database that needs no installation: a server in this process that speaks MongoDB's protocol on a random port of
 * the loopback address, over one file. It has no authentication, so whoever has an account on this machine can reach
 * it.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final String FLIGHT_RECORDER = "io.netty.jfr.enabled";
    private static final long COMMIT_MILLIS = 1_000;
    private static final long MOST_SECONDS_TO_STOP = 10;

    private final ServerAddress address;
    private final Closing closing;

    private EmbeddedServer(ServerAddress address, Closing closing) {
        this.address = address;
        this.closing = closing;
    }

    /**
     * Opens the file in {@code folder}, creating both if they are missing, and starts the server.
     *
     * @throws IllegalStateException naming the folder, the reason and what to do, with nothing left open
     */
    static EmbeddedServer open(Path folder) {
        return open(folder, "");
    }

    /** The same, over a file system of H2: see {@link StoreFile}. */
    static EmbeddedServer open(Path folder, String layer) {
        Closing closing = new Closing();
        try {
            loadNetty();
            StoreFile file = new StoreFile(folder, layer);
            file.createIfMissing();
            LastingBackend backend = new LastingBackend(file);
            closing.add(backend::close);
            MongoServer server = new MongoServer(backend);
            // Closes the backend, too; the backend's own entry is for when this line is not reached.
            closing.add(() -> stop(server, backend));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ScheduledExecutorService timer = commitRegularly(backend);
            closing.add(() -> stop(timer));
            InetSocketAddress bound = server.getLocalAddress();
            return new EmbeddedServer(
                    new ServerAddress(bound.getAddress().getHostAddress(), bound.getPort()), closing);
        } catch (RuntimeException | IOException e) {
            closing.closeAfter(e);
            throw refused(folder, e);
        } catch (Error e) {
            closing.closeAfter(e);
            throw e;
        } finally {
            FastThreadLocal.removeAll();
        }
    }

    private static IllegalStateException refused(Path folder, Exception cause) {
        Obstacle obstacle = Obstacle.of(cause);
        String reason = obstacle.reason() + (cause instanceof Obstacle.Met ? "" : " (" + Failures.reason(cause) + ")");
        Log.DATABASE_UNOPENED.log(folder, reason, obstacle.remedy());
        return new IllegalStateException(
                "the embedded database in " + folder + " can't be opened: " + reason + "; " + obstacle.remedy(), cause);
    }

    /**
     * Has Netty start without events for the flight recorder of Java, which would keep its listener, and with it all classes
     * of this application, for as long as the process lives. The property is read once, by this application's own Netty.
     */
    private static void loadNetty() {
        // Another copy of this application may do the same.
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
        // An interrupt would close the channel of the file in the middle of the last write.
        boolean interrupted = Thread.interrupted();
        try {
            closing.close();
        } finally {
            FastThreadLocal.removeAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing escapes the look
    private static ScheduledExecutorService commitRegularly(LastingBackend backend) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cloudobjects-database");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(backend::look, COMMIT_MILLIS, COMMIT_MILLIS, TimeUnit.MILLISECONDS);
        return timer;
    }

    // Never by an interrupt: it closes the channel of a file that is being written, and with it the database.
    private static void stop(ScheduledExecutorService timer) {
        timer.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (timer.awaitTermination(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS)) {
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

    private static void stop(MongoServer server, LastingBackend backend) {
        try {
            backend.lastCommit();
        } finally {
            server.shutdownNow();
        }
    }
}
