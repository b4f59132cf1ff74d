package dev.cloudobjects.storage;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import dev.cloudobjects.log.Log;
import io.netty.channel.Channel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * The backend of the embedded server, over a file that may be full for a while. A store that can't write closes itself;
 * here it is opened again, at first for reading, with what it had answered and not yet written done again. It takes changes
 * as soon as there is room and that is in the file.
 */
final class LastingBackend implements MongoBackend {

    private final StoreFile file;

    /** What was answered and has to be written before changes are taken. Used by the thread of {@link #look} only. */
    private final List<MongoMessage> owed = new ArrayList<>();

    private volatile CommittingBackend current;
    private volatile boolean failing;
    private volatile long failingSince;

    /** A backend over a file that exists. @throws RuntimeException when it can't be opened, with nothing left open */
    LastingBackend(StoreFile file) {
        this.file = file;
        this.current = open(file, true);
    }

    private static CommittingBackend open(StoreFile file, boolean writable) {
        MVStore store = file.open();
        try {
            return new CommittingBackend(store, writable);
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** Writes what has changed, or tries to get there again; by one thread, each second. Never throws. */
    void look() {
        try {
            if (current.takesChanges()) {
                current.commit();
                current.getMvStore().sync();
                return;
            }
        } catch (RuntimeException e) {
            failed(e);
        }
        try {
            recover();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void recover() {
        // One that takes changes and is open has just failed at the disk: what it holds is not to be trusted.
        if (current.takesChanges() || current.getMvStore().isClosed()) {
            RuntimeException cause = current.getMvStore().getPanicException();
            failed(cause == null ? new IllegalStateException("the store has closed itself") : cause);
            owed.addAll(current.abandon());
            CommittingBackend again = open(file, false);
            again.redo(owed);
            current = again;
        }
        if (file.hasRoom()) {
            current.resume();
            owed.clear();
            failing = false;
            Log.DATABASE_RESUMED.log(Duration.ofNanos(System.nanoTime() - failingSince).toSeconds());
        }
    }

    private void failed(Throwable cause) {
        if (!failing) {
            failing = true;
            failingSince = System.nanoTime();
            Log.DATABASE_STOPPED.log(cause, Failures.reason(cause));
        }
    }

    /** Writes what has changed, if it can be, before the end. */
    void lastCommit() {
        if (current.takesChanges()) {
            current.commit();
        }
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        return current.handleMessage(message);
    }

    @Override
    public void handleClose(Channel channel) {
        current.handleClose(channel);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return current.handleCommand(channel, database, command, query);
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return current.handleQuery(query);
    }

    @Override
    public void dropDatabase(String name) {
        current.dropDatabase(name);
    }

    @Override
    public Collection<Document> getCurrentOperations(MongoQuery query) {
        return current.getCurrentOperations(query);
    }

    @Override
    public Document getServerStatus() {
        return current.getServerStatus();
    }

    /** Closes the store, whatever becomes of it. */
    @Override
    public void close() {
        try {
            current.close();
        } finally {
            current.getMvStore().closeImmediately();
        }
    }

    @Override
    public void closeCursors(List<Long> cursors) {
        current.closeCursors(cursors);
    }

    @Override
    public Clock getClock() {
        return current.getClock();
    }

    @Override
    public void enableOplog() {
        throw new UnsupportedOperationException("oplog");
    }

    @Override
    public void disableOplog() {
        throw new UnsupportedOperationException("oplog");
    }

    @Override
    public MongoDatabase resolveDatabase(String name) {
        return current.resolveDatabase(name);
    }

    @Override
    public MongoBackend version(MongoVersion version) {
        throw new UnsupportedOperationException("version");
    }
}
