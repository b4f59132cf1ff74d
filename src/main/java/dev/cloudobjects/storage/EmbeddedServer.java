package dev.cloudobjects.storage;

import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import dev.cloudobjects.config.PrivateFolder;
import dev.cloudobjects.log.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The database that needs no installation: a server in this process that speaks MongoDB's protocol on a random port of
 * the loopback address, over one file. It has no authentication, so whoever has an account on this machine can reach
 * it.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final String FILE = "cloud-objects.mv.db";
    private static final long COMMIT_MILLIS = 1_000;
    private static final long MOST_SECONDS_TO_STOP = 10;
    private static final int RETENTION_MILLIS = 10_000;

    private final ServerAddress address;
    private final Closing closing;

    private EmbeddedServer(ServerAddress address, Closing closing) {
        this.address = address;
        this.closing = closing;
    }

    /**
     * Opens the file in {@code folder}, creating both if they are missing, and starts the server.
     *
     * @throws IllegalStateException naming the folder and the reason, with nothing left open
     */
    static EmbeddedServer open(Path folder) {
        Closing closing = new Closing();
        try {
            MVStore store = openStore(folder);
            closing.add(store::closeImmediately);
            CommittingBackend backend = new CommittingBackend(store);
            MongoServer server = new MongoServer(backend);
            // Closes the backend and its store, too; the store's own entry is for when this line is not reached.
            closing.add(() -> stop(server, backend));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ScheduledExecutorService timer = commitRegularly(backend);
            closing.add(() -> stop(timer));
            InetSocketAddress bound = server.getLocalAddress();
            return new EmbeddedServer(
                    new ServerAddress(bound.getAddress().getHostAddress(), bound.getPort()), closing);
        } catch (RuntimeException e) {
            closing.close();
            throw new IllegalStateException(
                    "the embedded database in " + folder + " can't be opened: " + reason(e), e);
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
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static MVStore openStore(Path folder) {
        Path file = PrivateFolder.create(folder).resolve(FILE);
        try {
            if (!Files.exists(file)) {
                PrivateFolder.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The store's own commits could fall between the maps that one command changes: see CommittingBackend.
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .compress()
                .open();
        // Each commit is forced to the disk within a second, so that space that was freed before can be used again.
        store.setRetentionTime(RETENTION_MILLIS);
        return store;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing escapes the task
    private static ScheduledExecutorService commitRegularly(CommittingBackend backend) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cloudobjects-database");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        backend.commit();
                        backend.getMvStore().sync();
                    } catch (RuntimeException e) {
                        Log.DATABASE_FAILED.log(e, reason(e));
                        timer.shutdown();
                    }
                },
                COMMIT_MILLIS,
                COMMIT_MILLIS,
                TimeUnit.MILLISECONDS);
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

    private static void stop(MongoServer server, CommittingBackend backend) {
        try {
            backend.commit();
        } finally {
            server.shutdownNow();
        }
    }

    private static String reason(RuntimeException failure) {
        if (failure instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return "another process has it open";
        }
        return Failures.reason(failure);
    }
}
