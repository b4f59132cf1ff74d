package dev.cloudobjects.security;

import dev.cloudobjects.api.Code;

/** The result of authentication. */
public sealed interface Authentication {

    /** The request carries no credential. */
    record Anonymous() implements Authentication {}

    /**
     * The request carries an invalid credential.
     *
     * @param code the reason, one of the token or account codes
     */
    record Rejected(Code code) implements Authentication {}

    /** The request carries a valid credential. */
    record Authenticated(Login login) implements Authentication {}

    /** The shared instance of {@link Anonymous}. */
    Authentication ANONYMOUS = new Anonymous();
}
