/**
 * Keeps users of an outside issuer in the table of accounts, so that who looks after accounts finds them there.
 *
 * <p>Depends on {@code api}, {@code oidc}, {@code storage} and {@code users}.
 */
@NullMarked
package dev.cloudobjects.oidc.nosql;

import org.jspecify.annotations.NullMarked;
