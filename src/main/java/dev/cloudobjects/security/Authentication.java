package dev.cloudobjects.security;

import dev.cloudobjects.api.Code;

/** What a credential, or its absence, came to. */
public sealed interface Authentication {

    /** No credential was given. */
    record Anonymous() implements Authentication {}

    /**
     * A credential was given, and is not good.
     *
     * @param code why, one of the token or account codes
     */
    record Rejected(Code code) implements Authentication {}

    /** A credential was given, and is good. */
    record Authenticated(Login login) implements Authentication {}

    /** The one value of {@link Anonymous}. */
    Authentication ANONYMOUS = new Anonymous();
}
