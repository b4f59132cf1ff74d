package dev.cloudobjects.storage;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The backend of the embedded server, which honours {@code writeConcern: {j: true}}: such a command is answered when it
 * is in the file, so that it survives the death of the process. All others get there with the next {@link #commit}.
 *
 * <p>A command changes several maps of the store (documents, indexes), and the store may only be written between
 * commands: cut in between, an index could point at nothing for ever. The backend also changes a document field by field
 * while it is being read, so that a reader could meet a new revision with an old list. So commands that only read share a
 * lock, and copy what they found; all others, and commits, take it alone.
 */
final class CommittingBackend extends H2Backend {

    private static final int WRITE_ERROR = 8;
    private static final Set<String> READS = Set.of("find", "getMore", "count", "aggregate", "distinct");

    private final ReadWriteLock commands = new ReentrantReadWriteLock();

    CommittingBackend(MVStore store) {
        super(store);
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document answer = handle(message);
        if (message.getDocument().get("writeConcern") instanceof Document concern
                && Boolean.TRUE.equals(concern.get("j"))) {
            try {
                commit();
            } catch (MVStoreException e) {
                throw new MongoServerError(WRITE_ERROR, "WriteConcernFailed", "the file can't be written", e);
            }
        }
        return answer;
    }

    private Document handle(MongoMessage message) {
        String command = message.getDocument().keySet().stream().findFirst().orElse("");
        Lock lock = READS.contains(command) ? commands.readLock() : commands.writeLock();
        lock.lock();
        try {
            // The answer holds the stored documents themselves, and is encoded later, on another thread.
            return super.handleMessage(message).cloneDeeply();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what changed since the last commit to the file, between commands. */
    @Override
    public void commit() {
        commands.writeLock().lock();
        try {
            getMvStore().commit();
        } finally {
            commands.writeLock().unlock();
        }
    }
}
