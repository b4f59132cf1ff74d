package dev.cloudobjects.session;

import dev.cloudobjects.security.Login;

/** What is done with a session whose login has expired. */
@FunctionalInterface
public interface LoginExpiry {

    /** Called by the thread of the timeout check, which must not wait. @param login the login that has expired */
    void expired(Session session, Login login);
}
