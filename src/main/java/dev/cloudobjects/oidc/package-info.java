/**
 * Users of an outside OpenID Connect issuer, in the place of the user centre's own: their tokens are checked with the
 * issuer's keys, their roles read from a claim, and what ends their logins early is kept here.
 *
 * <p>{@link dev.cloudobjects.oidc.OutsideStore} is its port. Depends on {@code api}, {@code config}, {@code log},
 * {@code security} and {@code users}.
 */
@NullMarked
package dev.cloudobjects.oidc;

import org.jspecify.annotations.NullMarked;
