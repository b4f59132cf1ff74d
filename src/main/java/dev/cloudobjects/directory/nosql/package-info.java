/**
 * Keeps the table of connections in the database, in the collection {@code vk-ws-connection}, with asynchronous writes.
 *
 * <p>Depends on {@code api}, {@code directory}, {@code log} and {@code storage}.
 */
@NullMarked
package dev.cloudobjects.directory.nosql;

import org.jspecify.annotations.NullMarked;
