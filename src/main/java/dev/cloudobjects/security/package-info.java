/**
 * Who calls and what he may do: identities, tokens, tickets and signed urls, keys, the origin policy.
 *
 * <p>{@link dev.cloudobjects.security.IdentityProvider} is the port behind which the user centre, or an outside issuer,
 * stands. Depends on {@code api}, {@code config}, {@code log} and {@code noise}.
 */
@NullMarked
package dev.cloudobjects.security;

import org.jspecify.annotations.NullMarked;
