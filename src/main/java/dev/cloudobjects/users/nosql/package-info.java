/**
 * Keeps accounts, roles and permissions in the database, in the tables and fields of uni-id.
 *
 * <p>Depends on {@code api}, {@code users}, {@code security} and {@code storage}.
 */
@NullMarked
package dev.cloudobjects.users.nosql;

import org.jspecify.annotations.NullMarked;
