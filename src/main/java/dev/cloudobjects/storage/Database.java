package dev.cloudobjects.storage;

import dev.cloudobjects.api.CloudObjectException;
import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * The database, through Jakarta Persistence and, for what that can't do here, as documents. Safe for use by many
 * threads; every method may wait for the network, for about two seconds when the database is away.
 *
 * <p>Nothing here is transactional in the sense of a relational database: EclipseLink sends the changes of a unit of
 * work one after the other when it ends, and what was sent stays. Write so that a repeated or a half-done unit of work
 * does no harm.
 */
public interface Database {

    /**
     * Runs {@code work} with an entity manager of its own, and sends its changes when it returns. Runs it once more when a
     * connection turns out to be cut before that.
     *
     * @return what {@code work} returned
     * @throws DuplicateException when a unique index refused a row
     * @throws CloudObjectException with code 503 when the database can't be reached or refuses
     */
    <T> T inUnitOfWork(Function<EntityManager, T> work);

    /** The documents of a collection, for all that Jakarta Persistence can't do over MongoDB. */
    Documents documents(String collection);

    /**
     * Whether the database answers now, and takes changes: a row of its own is written and read back, at most every few
     * seconds. Cheap; never throws.
     */
    boolean ping();
}
