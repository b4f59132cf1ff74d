/**
 * The database: the embedded server or an external MongoDB, its client, and Jakarta Persistence.
 *
 * <p>Adapters use {@link dev.cloudobjects.storage.Database}, and declare their entities and indexes as a
 * {@link dev.cloudobjects.storage.Schema}. {@link dev.cloudobjects.storage.Documents} has the operations that EclipseLink
 * NoSQL lacks. Depends on {@code api} (for its exception), {@code config} and {@code log}.
 */
@NullMarked
package dev.cloudobjects.storage;

import org.jspecify.annotations.NullMarked;
