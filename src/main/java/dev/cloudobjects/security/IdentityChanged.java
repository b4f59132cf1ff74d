package dev.cloudobjects.security;

/**
 * CDI event: the status, roles or permissions of a user have changed, or a login session has ended. Fired after the change
 * has taken effect, so that {@link IdentityProvider} returns the new state.
 *
 * @param uid the user's id
 */
public record IdentityChanged(String uid) {}
