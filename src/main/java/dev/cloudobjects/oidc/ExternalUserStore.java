package dev.cloudobjects.oidc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The port to the stored users of the external issuer. Safe for use by many threads. Each method may block on the network,
 * and throws {@link dev.cloudobjects.api.CloudObjectException} with code 503 if the database is unreachable.
 */
public interface ExternalUserStore {

    /** The stored users with these uids, without unknown ones. */
    List<ExternalUser> find(Collection<String> uids);

    /**
     * Stores the profile of a token, unless a newer token was seen. Creates a missing row. An existing row keeps its status,
     * and its roles if the token carries none.
     *
     * @param firstSeen the current time, for a new row
     */
    void seen(ExternalLogin login, Instant firstSeen);

    /** Revokes all tokens of a user that were issued until a time. The user need not have a row. */
    void revokeUntil(String uid, Instant moment);

    /** Revokes a login session; returns false without a change if the user has {@code most} revoked ones already. */
    boolean revokeSession(String uid, String sessionId, int most);
}
