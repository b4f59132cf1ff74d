package dev.cloudobjects.security;

/**
 * What a user may do has changed, or one of his sessions has ended: fired after the change is in force, so that whoever
 * asks the {@link IdentityProvider} from now on gets the new answer.
 *
 * @param uid the user
 */
public record IdentityChanged(String uid) {}
