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
 * The identity provider for users of an external issuer. The issuer decides on identity and roles; this server decides on
 * bans and revocations. Safe for use by many threads.
 */
final class ExternalIdentityProvider implements IdentityProvider {

    /** Above this number, a revocation revokes all login sessions, so that the row stays small. */
    private static final int MOST_REVOKED_SESSIONS = 100;

    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final ExternalTokenVerifier tokens;
    private final ExternalUserStore store;
    private final UserCache<ExternalUser> cache;
    private final Function<Set<String>, Grants> roles;
    private final InstantSource clock;
    private final Consumer<IdentityChanged> listener;

    /**
     * Creates a provider.
     *
     * @param roles the tables of roles and permissions
     * @param nanos a monotonic clock, in nanoseconds
     * @param listener is called after each change has taken effect, on the thread of the change
     */
    ExternalIdentityProvider(
            ExternalTokenVerifier tokens,
            ExternalUserStore store,
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

    private static Map<String, ExternalUser> byUid(List<ExternalUser> users) {
        return users.stream().collect(Collectors.toMap(ExternalUser::uid, user -> user));
    }

    @Override
    public Authentication authenticate(String token, @Nullable String deviceId) {
        ExternalTokenVerifier.Verdict verdict = tokens.check(token);
        if (verdict instanceof ExternalTokenVerifier.Refused refused) {
            return new Authentication.Rejected(refused.code());
        }
        ExternalLogin said = ((ExternalTokenVerifier.Good) verdict).login();
        Optional<ExternalUser> user = cache.find(said.uid());
        // Stored also if the profile is unchanged: an older token that is used later must not restore its profile.
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

    private static Authentication judged(Login login, Optional<ExternalUser> user) {
        if (user.isEmpty() || user.get().revoked(login)) {
            return new Authentication.Rejected(Code.TOKEN_REVOKED);
        }
        return user.get()
                .status()
                .denialCode()
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
        return cache.find(uid).map(ExternalUser::info);
    }

    /** Always empty: clients renew tokens at the issuer. */
    @Override
    public Optional<IssuedToken> renewIfDue(Login login) {
        return Optional.empty();
    }

    @Override
    public void revokeAll(String uid, Runnable then) {
        // Tokens carry whole seconds, and the issuer's clock may be ahead: tokens that were seen must be covered.
        Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant seen = cache.find(uid).map(ExternalUser::profileFrom).orElse(until);
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

    /** Removes a user from the cache. */
    void forget(String uid) {
        cache.forget(uid);
    }

    private void changed(String uid) {
        cache.forget(uid);
        listener.accept(new IdentityChanged(uid));
    }
}
