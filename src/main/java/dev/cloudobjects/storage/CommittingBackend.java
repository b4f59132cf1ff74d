package dev.cloudobjects.storage;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The backend of the embedded server over one store. It honours {@code writeConcern: {j: true}}: such a command is
 * answered after it was written to the file, so it survives a kill of the process. Other commands are written by the next
 * {@link #commit}. Until then they are kept in memory, so that they can be repeated if the store fails to write them.
 *
 * <p>A command changes several maps of the store (documents, indexes). So the store is written only between commands;
 * otherwise a crash could leave an index entry without its document. The backend also changes a document in place, field
 * by field, so a concurrent reader could see a half-changed document. So commands that only read hold the read lock and
 * copy their result; all other commands, and commits, hold the write lock.
 */
final class CommittingBackend extends H2Backend {

    private static final int WRITE_ERROR = 8;
    private static final Set<String> READS = Set.of("find", "getMore", "count", "aggregate", "distinct");
    private static final Set<String> CHANGES = Set.of(
            "insert", "update", "delete", "findAndModify", "findandmodify", "create", "createIndexes", "drop",
            "dropIndexes", "deleteIndexes", "dropDatabase", "renameCollection");

    private final ReadWriteLock commands = new ReentrantReadWriteLock();

    /** Commands that were answered and are not in the file yet. Guarded by the write lock. */
    private final List<MongoMessage> uncommitted = new ArrayList<>();

    private volatile boolean writable;

    /** Creates a backend; if it is not {@code writable}, it refuses changes until {@link #resume}. */
    CommittingBackend(MVStore store, boolean writable) {
        super(store);
        this.writable = writable;
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        boolean journaled = message.getDocument().get("writeConcern") instanceof Document concern
                && Boolean.TRUE.equals(concern.get("j"));
        Document answer = handle(message, journaled);
        if (journaled) {
            try {
                commit();
            } catch (MVStoreException e) {
                throw new MongoServerError(WRITE_ERROR, "WriteConcernFailed", "the file can't be written", e);
            }
        }
        return answer;
    }

    private Document handle(MongoMessage message, boolean journaled) {
        String command = message.getDocument().keySet().stream().findFirst().orElse("");
        boolean change = CHANGES.contains(command);
        Lock lock = READS.contains(command) ? commands.readLock() : commands.writeLock();
        lock.lock();
        try {
            if (!takesChanges() && (change || command.equals("ping"))) {
                throw new MongoServerError(
                        WRITE_ERROR, "WriteConcernFailed", "the file can't be written: changes are refused until it can");
            }
            // Copied before the call: the backend stores inserted documents without a copy and changes them later.
            MongoMessage kept = change && !journaled ? copy(message) : message;
            // Copied because the answer refers to the stored documents and is encoded later, on another thread.
            Document answer = super.handleMessage(message).cloneDeeply();
            if (change && !journaled) {
                uncommitted.add(kept);
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private static MongoMessage copy(MongoMessage message) {
        return new MongoMessage(message.getChannel(), message.getHeader(), message.getDocument().cloneDeeply());
    }

    /** Whether the store is open and the last write to the file succeeded. */
    boolean takesChanges() {
        return writable && !getMvStore().isClosed();
    }

    /**
     * Writes the changes since the last commit to the file. Waits for running commands.
     *
     * @throws MVStoreException if the write fails, or if the store has closed itself after an earlier failure
     */
    @Override
    public void commit() {
        commands.writeLock().lock();
        try {
            getMvStore().commit();
            // commit() of a closed store does nothing and reports no error.
            if (getMvStore().isClosed()) {
                throw new MVStoreException(DataUtils.ERROR_CLOSED, "the store is closed");
            }
            uncommitted.clear();
        } finally {
            commands.writeLock().unlock();
        }
    }

    /** Repeats commands that a failed store has answered and not written; called before any other command. */
    void redo(List<MongoMessage> unwritten) {
        commands.writeLock().lock();
        try {
            for (MongoMessage message : unwritten) {
                try {
                    super.handleMessage(copy(message));
                } catch (MongoServerException e) {
                    // The first execution failed in the same way, and its client was told.
                }
            }
        } finally {
            commands.writeLock().unlock();
        }
    }

    /** Writes the repeated commands to the file, then accepts changes. */
    void resume() {
        commit();
        writable = true;
    }

    /** Closes the store without writing, and returns the commands that it has answered and not written. */
    List<MongoMessage> abandon() {
        commands.writeLock().lock();
        try {
            getMvStore().closeImmediately();
            List<MongoMessage> unwritten = List.copyOf(uncommitted);
            uncommitted.clear();
            return unwritten;
        } finally {
            commands.writeLock().unlock();
        }
    }
}
