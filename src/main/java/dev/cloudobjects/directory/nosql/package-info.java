/**
 * Keeps the table of connections in the database, as the collection {@code vk-ws-connection}, written behind in batches.
 *
 * <p>Depends on {@code api}, {@code directory}, {@code log} and {@code storage}.
 */
@NullMarked
package dev.cloudobjects.directory.nosql;

import org.jspecify.annotations.NullMarked;
