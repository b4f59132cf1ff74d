package dev.cloudobjects.users;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.TokenClaims;
import dev.cloudobjects.security.Tokens;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The identity provider of the built-in user centre. Safe for use by many threads. */
final class UserCentreIdentityProvider implements IdentityProvider {

    private final Tokens tokens;
    private final AccountCache accounts;
    private final LoginSessionService sessions;
    private final InstantSource clock;
    private final Consumer<IdentityChanged> listener;

    /**
     * Creates a provider for the accounts of a cache.
     *
     * @param listener is called after each change has taken effect, on the thread of the change
     */
    UserCentreIdentityProvider(
            Tokens tokens,
            AccountCache accounts,
            LoginSessionService sessions,
            InstantSource clock,
            Consumer<IdentityChanged> listener) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public Authentication authenticate(String token, @Nullable String deviceId) {
        Tokens.Verdict verdict = tokens.check(token, deviceId);
        if (verdict instanceof Tokens.Refused refused) {
            return new Authentication.Rejected(refused.code());
        }
        TokenClaims claims = ((Tokens.Good) verdict).claims();
        Login login = new Login(
                claims.uid(), claims.sessionId(), claims.tokenId(), claims.deviceId(), claims.expiresAt());
        return stored(login, session -> session.accepts(login.tokenId(), clock.instant()));
    }

    @Override
    public Authentication revalidate(Login login) {
        // Checks only the login session, not the token: a parallel call may have renewed the token, and this login stays
        // valid until it expires.
        return stored(login, session -> true);
    }

    @Override
    public void refresh(Collection<String> uids) {
        accounts.refresh(uids);
    }

    @Override
    public Grants grants(String uid) {
        return accounts.grants(uid);
    }

    @Override
    public Optional<UserInfo> find(String uid) {
        return accounts.find(uid).map(PublicUserInfo::of);
    }

    @Override
    public Optional<IssuedToken> renewIfDue(Login login) {
        return sessions.renew(login.uid(), login.sessionId(), login.tokenId(), login.expiresAt())
                .map(session -> issue(login.uid(), session));
    }

    @Override
    public void revokeAll(String uid, Runnable then) {
        revoked(uid, sessions.endAll(uid), then);
    }

    @Override
    public void revokeSession(String uid, String sessionId, Runnable then) {
        revoked(uid, sessions.end(uid, sessionId), then);
    }

    private void revoked(String uid, boolean any, Runnable then) {
        then.run();
        if (any) {
            changed(uid);
        }
    }

    /** The error code for logins to an account; empty if logins are allowed. */
    Optional<Code> denialCode(Account account) {
        return accounts.inForce(account).status().denialCode();
    }

    /** Issues the token of a login session, with the current grants of the user. */
    private IssuedToken issue(String uid, LoginSession session) {
        return issue(uid, session, accounts.grants(uid));
    }

    /** Issues the token of a login session, with the given grants. Reads nothing. */
    IssuedToken issue(String uid, LoginSession session, Grants grants) {
        String token = tokens.issue(new TokenClaims(
                uid,
                session.id(),
                session.tokenId(),
                session.deviceId(),
                grants.roles(),
                grants.permissions().stream().map(Permission::id).collect(Collectors.toSet()),
                session.issuedAt(),
                session.expiresAt()));
        return new IssuedToken(token, session.expiresAt());
    }

    /** Removes a user from the cache and calls the listener. */
    void changed(String uid) {
        accounts.forget(uid);
        listener.accept(new IdentityChanged(uid));
    }

    /** Removes all users from the cache, after a change of roles or permissions. */
    void rolesChanged() {
        accounts.forgetAll();
    }

    private Authentication stored(Login login, Predicate<LoginSession> condition) {
        Optional<Account> account = accounts.find(login.uid()).filter(known -> holds(known, login, condition));
        if (account.isEmpty()) {
            // Another node may have opened or renewed the login session after this cache read the account.
            account = accounts.reload(login.uid()).filter(known -> holds(known, login, condition));
        }
        if (account.isEmpty()) {
            return new Authentication.Rejected(Code.TOKEN_REVOKED);
        }
        return account.get()
                .status()
                .denialCode()
                .<Authentication>map(Authentication.Rejected::new)
                .orElseGet(() -> new Authentication.Authenticated(login));
    }

    private static boolean holds(Account account, Login login, Predicate<LoginSession> condition) {
        return account.sessions().find(login.sessionId()).filter(condition).isPresent();
    }
}
