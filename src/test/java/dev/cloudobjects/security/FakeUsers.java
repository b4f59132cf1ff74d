package dev.cloudobjects.security;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Users as a test says they are: a token {@code t-ann} is ann's, every login is good until it is revoked. */
public final class FakeUsers implements IdentityProvider {

    /** Whose tokens were revoked, in order. */
    public final List<String> revoked = new ArrayList<>();

    /** What users may do. */
    public final Map<String, Grants> grants = new HashMap<>();

    /** Why logins are no longer good, by user. */
    public final Map<String, Code> rejected = new ConcurrentHashMap<>();

    /** Why sessions are no longer good, by their id. */
    public final Map<String, Code> ended = new ConcurrentHashMap<>();

    /** Who was read anew, in order. */
    public final List<List<String>> refreshed = new ArrayList<>();

    /** How many questions there were. */
    public volatile int questions;

    /** The thread that asked last. */
    public volatile String askedOn = "";

    /** What questions about a user end with. */
    public final Map<String, Error> broken = new ConcurrentHashMap<>();

    /** What every question ends with, when the users can't be asked. */
    public volatile @Nullable RuntimeException away;

    /** Whose tokens can't be revoked, though all else works. */
    public volatile String unrevocable = "nobody";

    /** What happens when the connections of a revoked login hear of it. */
    public Runnable told = () -> {};

    /** An outcome for a user who is logged in. */
    public static Authentication of(String uid) {
        return new Authentication.Authenticated(
                new Login(uid, "s", "t", null, java.time.Instant.ofEpochSecond(4_000_000_000L)));
    }

    public FakeUsers grant(String uid, Set<String> roles, Permission... permissions) {
        grants.put(uid, new Grants(roles, List.of(permissions)));
        return this;
    }

    private void here() {
        questions++;
        askedOn = Thread.currentThread().getName();
        if (away != null) {
            throw away;
        }
    }

    private void readable(String uid) {
        if (broken.containsKey(uid)) {
            throw broken.get(uid);
        }
    }

    @Override
    public Authentication authenticate(String token, @Nullable String deviceId) {
        here();
        return token.startsWith("t-") ? of(token.substring(2)) : new Authentication.Rejected(Code.TOKEN_INVALID);
    }

    @Override
    public Authentication revalidate(Login login) {
        here();
        readable(login.uid());
        Code why = rejected.getOrDefault(login.uid(), ended.get(login.sessionId()));
        return why == null ? new Authentication.Authenticated(login) : new Authentication.Rejected(why);
    }

    @Override
    public void refresh(Collection<String> uids) {
        here();
        uids.forEach(this::readable);
        refreshed.add(List.copyOf(uids));
    }

    @Override
    public Grants grants(String uid) {
        here();
        return grants.getOrDefault(uid, Grants.NONE);
    }

    @Override
    public Optional<UserInfo> find(String uid) {
        here();
        return Optional.empty();
    }

    @Override
    public Optional<IssuedToken> renewIfDue(Login login) {
        return Optional.empty();
    }

    @Override
    public void revokeAll(String uid, Runnable then) {
        revoke("all of " + uid, then);
    }

    private void revoke(String what, Runnable then) {
        here();
        if (what.endsWith(" of " + unrevocable)) {
            throw new CloudObjectException(Code.UNAVAILABLE);
        }
        revoked.add(what);
        then.run();
        told.run();
    }

    @Override
    public void revokeSession(String uid, String sessionId, Runnable then) {
        revoke(sessionId + " of " + uid, then);
    }
}
