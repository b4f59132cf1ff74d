/**
 * Users of an external OpenID Connect issuer: verifies their tokens with the issuer's keys, reads roles from a claim, and
 * stores revocations.
 *
 * <p>{@link dev.cloudobjects.oidc.ExternalUserStore} is its port to storage. Depends on {@code api}, {@code config}, {@code log},
 * {@code security} and {@code users}.
 */
@NullMarked
package dev.cloudobjects.oidc;

import org.jspecify.annotations.NullMarked;
