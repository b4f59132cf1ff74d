package dev.cloudobjects.storage;

import dev.cloudobjects.api.CloudObjectException;
import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * The database: by Jakarta Persistence and, for operations that EclipseLink NoSQL lacks, by documents. Safe for use by
 * many threads. Each method may block on the network, for about two seconds if the database is unreachable.
 *
 * <p>There are no transactions in the sense of a relational database. EclipseLink sends the changes of a unit of work one
 * by one at its end, and sent changes are not rolled back. So a unit of work must tolerate being repeated and being
 * stopped halfway.
 */
public interface Database {

    /**
     * Runs {@code work} with a new entity manager and sends its changes after it has returned. If the connection is lost
     * before the changes are sent, {@code work} is run once more.
     *
     * @return the result of {@code work}
     * @throws DuplicateException if a row violates a unique index
     * @throws CloudObjectException with code 503 if the database is unreachable or reports an error
     */
    <T> T inUnitOfWork(Function<EntityManager, T> work);

    /** The documents of a collection, for operations that Jakarta Persistence can't express over MongoDB. */
    Documents documents(String collection);

    /**
     * Whether the database answers and accepts changes. Pings the database, and every few seconds writes and reads back a
     * row for this purpose. Never throws.
     */
    boolean ping();
}
