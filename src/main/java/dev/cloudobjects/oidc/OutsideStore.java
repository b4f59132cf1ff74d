package dev.cloudobjects.oidc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The port to where users of the issuer are kept. Safe for use by many threads; every method throws
 * {@link dev.cloudobjects.api.CloudObjectException} with code 503 when the database is away.
 */
public interface OutsideStore {

    /** Those of these users who are known; others are left out. */
    List<OutsideUser> find(Collection<String> uids);

    /**
     * Keeps what a token says of its user, unless a newer one was seen: a row is made for who has none, and one that is
     * there keeps its status, and its roles where the token has none to say.
     *
     * @param firstSeen now, for a new row
     */
    void seen(OutsideLogin login, Instant firstSeen);

    /** Ends all logins of a user that were issued until a moment, whether or not he is known. */
    void revokeUntil(String uid, Instant moment);

    /** Ends one session of a user; false, and nothing is done, when he has {@code most} of them already. */
    boolean revokeSession(String uid, String sessionId, int most);
}
