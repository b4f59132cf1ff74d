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

/** The user centre as the rest of the server sees it: who a token belongs to, and what he may do. */
final class Identities implements IdentityProvider {

    private final Tokens tokens;
    private final AccountCache accounts;
    private final SessionBook sessions;
    private final InstantSource clock;
    private final Consumer<IdentityChanged> listener;

    /**
     * Identities of the accounts that the cache reads.
     *
     * @param listener told of every change after it is in force, on the thread that made it
     */
    Identities(
            Tokens tokens,
            AccountCache accounts,
            SessionBook sessions,
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
        // By its session alone: another call may have renewed the token since, and this login stays good to its end.
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
        return accounts.find(uid).map(UserRow::of);
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

    /** Why an account can't be used; empty when it can. */
    Optional<Code> obstacle(Account account) {
        return accounts.inForce(account).status().obstacle();
    }

    /** The token of a session as it is now. */
    private IssuedToken issue(String uid, Session session) {
        return issue(uid, session, accounts.grants(uid));
    }

    /** The same, of a user who is granted this. Asks nobody. */
    IssuedToken issue(String uid, Session session, Grants grants) {
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

    /** Forgets what was read of a user, and tells that it has changed. */
    void changed(String uid) {
        accounts.forget(uid);
        listener.accept(new IdentityChanged(uid));
    }

    /** Forgets what was read of all users: what their roles grant has changed. */
    void rolesChanged() {
        accounts.forgetAll();
    }

    private Authentication stored(Login login, Predicate<Session> condition) {
        Optional<Account> account = accounts.find(login.uid()).filter(known -> holds(known, login, condition));
        if (account.isEmpty()) {
            // Another node may have opened or renewed the session after the account was read here.
            account = accounts.reload(login.uid()).filter(known -> holds(known, login, condition));
        }
        if (account.isEmpty()) {
            return new Authentication.Rejected(Code.TOKEN_REVOKED);
        }
        return account.get()
                .status()
                .obstacle()
                .<Authentication>map(Authentication.Rejected::new)
                .orElseGet(() -> new Authentication.Authenticated(login));
    }

    private static boolean holds(Account account, Login login, Predicate<Session> condition) {
        return account.sessions().find(login.sessionId()).filter(condition).isPresent();
    }
}
