/**
 * Stores users of an external issuer in the table of accounts, so that administrators find all users in one table.
 *
 * <p>Depends on {@code api}, {@code oidc}, {@code storage} and {@code users}.
 */
@NullMarked
package dev.cloudobjects.oidc.nosql;

import org.jspecify.annotations.NullMarked;
