/**
 * The database: the embedded server or a real MongoDB, the one client, and Jakarta Persistence over it.
 *
 * <p>{@link dev.cloudobjects.storage.Database} is what adapters use; each contributes its entities and indexes as a
 * {@link dev.cloudobjects.storage.Schema}. Everything that EclipseLink NoSQL can't do by itself is done here, once, in
 * {@link dev.cloudobjects.storage.Documents}. Depends on {@code api} (for the one exception), {@code config} and
 * {@code log}.
 */
@NullMarked
package dev.cloudobjects.storage;

import org.jspecify.annotations.NullMarked;
