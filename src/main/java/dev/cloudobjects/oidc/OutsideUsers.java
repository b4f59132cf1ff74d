package dev.cloudobjects.oidc;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.users.UserCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Users of an outside issuer as the rest of the server sees them. The issuer says who somebody is and what his roles
 * are; what ends a login before its time, a ban among it, is decided here. Safe for use by many threads.
 */
final class OutsideUsers implements IdentityProvider {

    /** One more session that is ended ends them all, so that a user's row stays small. */
    private static final int MOST_REVOKED_SESSIONS = 100;

    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final OutsideTokens tokens;
    private final OutsideStore store;
    private final UserCache<OutsideUser> cache;
    private final Function<Set<String>, Grants> roles;
    private final InstantSource clock;
    private final Consumer<IdentityChanged> listener;

    /**
     * Users of the issuer whose tokens these are.
     *
     * @param roles what roles give
     * @param nanos a clock that never jumps
     * @param listener told of every change after it is in force, on the thread that made it
     */
    OutsideUsers(
            OutsideTokens tokens,
            OutsideStore store,
            Function<Set<String>, Grants> roles,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<IdentityChanged> listener) {
        this.tokens = tokens;
        this.store = store;
        this.cache = new UserCache<>(
                MAX_AGE, nanos, uid -> store.find(List.of(uid)).stream().findFirst(), uids -> byUid(store.find(uids)));
        this.roles = roles;
        this.clock = clock;
        this.listener = listener;
    }

    private static Map<String, OutsideUser> byUid(List<OutsideUser> users) {
        return users.stream().collect(Collectors.toMap(OutsideUser::uid, user -> user));
    }

    @Override
    public Authentication authenticate(String token, @Nullable String deviceId) {
        OutsideTokens.Verdict verdict = tokens.check(token);
        if (verdict instanceof OutsideTokens.Refused refused) {
            return new Authentication.Rejected(refused.code());
        }
        OutsideLogin said = ((OutsideTokens.Good) verdict).login();
        Optional<OutsideUser> user = cache.find(said.uid());
        // Kept though it may say nothing new: an older token that is shown later must not bring back what it says.
        if (user.isEmpty() || said.issuedAt().isAfter(user.get().profileFrom())) {
            store.seen(said, clock.instant());
            cache.forget(said.uid());
            user = cache.find(said.uid());
        }
        return judged(said.login(), user);
    }

    @Override
    public Authentication revalidate(Login login) {
        return judged(login, cache.find(login.uid()));
    }

    private static Authentication judged(Login login, Optional<OutsideUser> user) {
        if (user.isEmpty() || user.get().revoked(login)) {
            return new Authentication.Rejected(Code.TOKEN_REVOKED);
        }
        return user.get()
                .status()
                .obstacle()
                .<Authentication>map(Authentication.Rejected::new)
                .orElseGet(() -> new Authentication.Authenticated(login));
    }

    @Override
    public void refresh(Collection<String> uids) {
        cache.refresh(uids);
    }

    @Override
    public Grants grants(String uid) {
        return cache.find(uid).map(user -> roles.apply(user.roles())).orElse(Grants.NONE);
    }

    @Override
    public Optional<UserInfo> find(String uid) {
        return cache.find(uid).map(OutsideUser::info);
    }

    /** Never: the issuer renews its tokens, and clients ask it. */
    @Override
    public Optional<IssuedToken> renewIfDue(Login login) {
        return Optional.empty();
    }

    @Override
    public void revokeAll(String uid, Runnable then) {
        // Tokens carry whole seconds, and the issuer's clock may be ahead: what was seen of it counts as the past.
        Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant seen = cache.find(uid).map(OutsideUser::profileFrom).orElse(until);
        store.revokeUntil(uid, seen.isAfter(until) ? seen : until);
        then.run();
        changed(uid);
    }

    @Override
    public void revokeSession(String uid, String sessionId, Runnable then) {
        if (store.revokeSession(uid, sessionId, MOST_REVOKED_SESSIONS)) {
            then.run();
            changed(uid);
        } else {
            revokeAll(uid, then);
        }
    }

    /** Reads a user anew when he is next asked for. */
    void forget(String uid) {
        cache.forget(uid);
    }

    private void changed(String uid) {
        cache.forget(uid);
        listener.accept(new IdentityChanged(uid));
    }
}
