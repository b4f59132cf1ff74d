package dev.cloudobjects.security;

import dev.cloudobjects.api.UserInfo;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to whoever knows the users: the built-in user centre, or an outside issuer. All methods may read the
 * database, so they run on threads that may wait, and throw {@link dev.cloudobjects.api.CloudObjectException} with code
 * 503 when it can't be reached.
 */
public interface IdentityProvider {

    /**
     * Checks a token: signature, time, device, that it is still stored, and that the account is in order.
     *
     * @param token the token as it came
     * @param deviceId the device that presents it, or {@code null} when it does not say
     */
    Authentication authenticate(String token, @Nullable String deviceId);

    /**
     * Checks again, from the same sources, a login that was accepted earlier: that its session is still stored, and that
     * the account is in order. Its time is for whoever keeps it to look at.
     */
    Authentication revalidate(Login login);

    /**
     * Reads what is stored of these users now, in a few questions however many they are: {@link #revalidate} and
     * {@link #grants} of the next moments answer from it. A provider that keeps nothing of what it read has nothing to
     * do.
     */
    default void refresh(Collection<String> uids) {}

    /** The roles and permissions of a user, at most five seconds old. */
    Grants grants(String uid);

    /** The user's row without token and password; empty for an unknown user. */
    Optional<UserInfo> find(String uid);

    /** A new token in the place of one that is about to expire; empty when renewal is not due. */
    Optional<IssuedToken> renewIfDue(Login login);

    /** Makes all tokens of a user worthless, at once. */
    default void revokeAll(String uid) {
        revokeAll(uid, () -> {});
    }

    /**
     * The same.
     *
     * @param then runs when they are worthless, and before the connections that they opened hear so; not when that fails
     */
    void revokeAll(String uid, Runnable then);

    /** Makes the tokens of one session of a user worthless, at once. */
    default void revokeSession(String uid, String sessionId) {
        revokeSession(uid, sessionId, () -> {});
    }

    /** The same, with something that runs then, as in {@link #revokeAll(String, Runnable)}. */
    void revokeSession(String uid, String sessionId, Runnable then);

    /**
     * A token for the client to keep.
     *
     * @param token the token
     * @param expiresAt when it ends
     */
    record IssuedToken(String token, Instant expiresAt) {}
}
