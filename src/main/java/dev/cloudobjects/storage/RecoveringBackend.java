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
 * The backend of the embedded server, which recovers from a full disk. A store that can't write closes itself. This
 * backend opens the store again, repeats the commands that were answered and not written, and allows only reads. It
 * accepts changes again when the disk has room and the repeated commands are in the file. Safe for use by many threads.
 */
final class RecoveringBackend implements MongoBackend {

    private final StoreFile file;

    /** Answered commands that must be written before changes are accepted. Confined to the thread of {@link #commitOrRecover}. */
    private final List<MongoMessage> unwritten = new ArrayList<>();

    private volatile CommittingBackend current;
    private volatile boolean failing;
    private volatile long failingSince;

    /** Opens an existing file. @throws RuntimeException if it can't be opened; nothing stays open */
    RecoveringBackend(StoreFile file) {
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

    /** Commits changes, or tries to recover from a failure. Called by one thread every second. Never throws. */
    void commitOrRecover() {
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
        // An open store that accepts changes has just failed to write: its state is unknown, so it is opened again.
        if (current.takesChanges() || current.getMvStore().isClosed()) {
            RuntimeException cause = current.getMvStore().getPanicException();
            failed(cause == null ? new IllegalStateException("the store has closed itself") : cause);
            unwritten.addAll(current.abandon());
            CommittingBackend again = open(file, false);
            again.redo(unwritten);
            current = again;
        }
        if (file.hasRoom()) {
            current.resume();
            unwritten.clear();
            failing = false;
            Log.DATABASE_RESUMED.log(Duration.ofNanos(System.nanoTime() - failingSince).toSeconds());
        }
    }

    private void failed(Throwable cause) {
        if (!failing) {
            failing = true;
            failingSince = System.nanoTime();
            Log.DATABASE_STOPPED.log(cause, ExceptionTranslator.reason(cause));
        }
    }

    /** Commits changes before the close, unless the file can't be written. */
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

    /** Closes the store, also if the backend's close fails. */
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
