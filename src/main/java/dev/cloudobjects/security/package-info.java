/**
 * Identities, tokens, tickets, keys and permissions.
 *
 * <p>{@link dev.cloudobjects.security.IdentityProvider} is the port to the user centre or an external issuer.
 * Depends on {@code api}, {@code config}, {@code log} and {@code noise}.
 */
@NullMarked
package dev.cloudobjects.security;

import org.jspecify.annotations.NullMarked;
