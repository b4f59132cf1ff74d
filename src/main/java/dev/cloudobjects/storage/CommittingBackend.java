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
 * The backend of the embedded server over one store, which honours {@code writeConcern: {j: true}}: such a command is
 * answered when it is in the file, so that it survives the death of the process. All others get there with the next
 * {@link #commit}; they are kept until then, so that they can be done again if the store fails at it.
 *
 * <p>A command changes several maps of the store (documents, indexes), and the store may only be written between
 * commands: cut in between, an index could point at nothing for ever. The backend also changes a document field by field
 * while it is being read, so that a reader could meet a new revision with an old list. So commands that only read share a
 * lock, and copy what they found; all others, and commits, take it alone.
 */
final class CommittingBackend extends H2Backend {

    private static final int WRITE_ERROR = 8;
    private static final Set<String> READS = Set.of("find", "getMore", "count", "aggregate", "distinct");
    private static final Set<String> CHANGES = Set.of(
            "insert", "update", "delete", "findAndModify", "findandmodify", "create", "createIndexes", "drop",
            "dropIndexes", "deleteIndexes", "dropDatabase", "renameCollection");

    private final ReadWriteLock commands = new ReentrantReadWriteLock();

    /** What was answered and is not in the file yet. Guarded by the lock for writing. */
    private final List<MongoMessage> uncommitted = new ArrayList<>();

    private volatile boolean writable;

    /** A backend that takes changes, or does so from {@link #resume} on. */
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
            // Copied before: what is inserted is stored as it came, and changed in its place later.
            MongoMessage kept = change && !journaled ? copy(message) : message;
            // The answer holds the stored documents themselves, and is encoded later, on another thread.
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

    /** Whether the store is open, and the file could be written when that was last tried. */
    boolean takesChanges() {
        return writable && !getMvStore().isClosed();
    }

    /**
     * Writes what changed since the last commit to the file, between commands.
     *
     * @throws MVStoreException when that fails, and when the store was closed because it failed for somebody else
     */
    @Override
    public void commit() {
        commands.writeLock().lock();
        try {
            getMvStore().commit();
            // A store that is closed does nothing, and says nothing.
            if (getMvStore().isClosed()) {
                throw new MVStoreException(DataUtils.ERROR_CLOSED, "the store is closed");
            }
            uncommitted.clear();
        } finally {
            commands.writeLock().unlock();
        }
    }

    /** Does, before all else, what another store has answered and not written. */
    void redo(List<MongoMessage> owed) {
        commands.writeLock().lock();
        try {
            for (MongoMessage message : owed) {
                try {
                    super.handleMessage(copy(message));
                } catch (MongoServerException e) {
                    // It was answered so the first time, too.
                }
            }
        } finally {
            commands.writeLock().unlock();
        }
    }

    /** Writes what was done again to the file, and takes changes from then on. */
    void resume() {
        commit();
        writable = true;
    }

    /** Closes the store as it is, for ever, and tells what it has answered and not written. */
    List<MongoMessage> abandon() {
        commands.writeLock().lock();
        try {
            getMvStore().closeImmediately();
            List<MongoMessage> owed = List.copyOf(uncommitted);
            uncommitted.clear();
            return owed;
        } finally {
            commands.writeLock().unlock();
        }
    }
}
