package dev.cloudobjects.security;

import dev.cloudobjects.api.UserInfo;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to the source of identities: the built-in user centre or an external issuer. Safe for use by many threads. Each
 * method may block on the database, and throws {@link dev.cloudobjects.api.CloudObjectException} with code 503 if the
 * database is unreachable.
 */
public interface IdentityProvider {

    /**
     * Checks a token: signature, time, device id, login session and status of the account.
     *
     * @param token the token of the request
     * @param deviceId the device id of the request; {@code null} without one
     */
    Authentication authenticate(String token, @Nullable String deviceId);

    /**
     * Checks an accepted login again: its login session and the status of the account. The caller checks its expiry.
     */
    Authentication revalidate(Login login);

    /**
     * Reads the current state of these users into the provider's cache, in a few queries for any number of users, for the
     * next calls of {@link #revalidate} and {@link #grants}. A provider without a cache does nothing.
     */
    default void refresh(Collection<String> uids) {}

    /** The roles and permissions of a user, read at most five seconds ago. */
    Grants grants(String uid);

    /** The user's row, without tokens and password; empty for an unknown user. */
    Optional<UserInfo> find(String uid);

    /** Issues a new token for a login that expires soon; empty if no renewal is due. */
    Optional<IssuedToken> renewIfDue(Login login);

    /**
     * Revokes all tokens of a user. Takes effect at once.
     *
     * @param then runs after the revocation and before the user's connections are notified; not run after a failure
     */
    void revokeAll(String uid, Runnable then);

    /** Revokes the tokens of one login session. Takes effect at once. */
    default void revokeSession(String uid, String sessionId) {
        revokeSession(uid, sessionId, () -> {});
    }

    /** Revokes the tokens of one login session; {@code then} is used as by {@link #revokeAll(String, Runnable)}. */
    void revokeSession(String uid, String sessionId, Runnable then);

    /**
     * A token that was issued.
     *
     * @param token the token
     * @param expiresAt its expiry
     */
    record IssuedToken(String token, Instant expiresAt) {}
}
