/**
 * The user centre: accounts, login sessions, roles and permissions, and the cloud objects {@code user/pub/…}.
 *
 * <p>Replaceable: other packages use only {@link dev.cloudobjects.security.IdentityProvider}.
 * {@link dev.cloudobjects.users.AccountStore} is the port to the tables; {@code users.nosql} is its adapter in the database.
 * Depends on {@code api}, {@code config}, {@code limit}, {@code log}, {@code observe} and {@code security}.
 */
@NullMarked
package dev.cloudobjects.users;

import org.jspecify.annotations.NullMarked;
