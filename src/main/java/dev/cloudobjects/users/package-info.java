/**
 * The user centre: accounts, sessions, roles and permissions, and the cloud objects {@code user/pub/…}.
 *
 * <p>Replaceable: the rest sees {@link dev.cloudobjects.security.IdentityProvider} only.
 * {@link dev.cloudobjects.users.AccountStore} is its own port, behind which {@code users.nosql} keeps the accounts in
 * the database. Depends on {@code api}, {@code config}, {@code limit}, {@code log}, {@code observe}
 * and {@code security}.
 */
@NullMarked
package dev.cloudobjects.users;

import org.jspecify.annotations.NullMarked;
