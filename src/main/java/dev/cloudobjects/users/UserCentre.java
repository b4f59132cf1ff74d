package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The built-in user centre: registers accounts, logs users in, and manages accounts, roles and permissions. Safe for use by
 * many threads.
 *
 * <p>Each method that reads or writes an account may block on the network, and throws {@link CloudObjectException} with
 * code 503 if the database is unreachable.
 */
public final class UserCentre {

    private final AccountStore store;
    private final Credentials credentials;
    private final RegistrationLimiter registrations;
    private final LoginSessionService sessions;
    private final UserCentreIdentityProvider identities;
    private final InstantSource clock;
    private final Object registration = new Object();

    UserCentre(
            AccountStore store,
            Credentials credentials,
            RegistrationLimiter registrations,
            LoginSessionService sessions,
            UserCentreIdentityProvider identities,
            InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.registrations = registrations;
        this.sessions = sessions;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * The result of a login.
     *
     * @param token the token of the new login session
     * @param user the user
     */
    public record LoginResult(IdentityProvider.IssuedToken token, UserInfo user) {}

    /**
     * Creates an account and logs it in.
     *
     * @param deviceId the device id that the token is bound to; {@code null} for any device
     * @param address the client's address; {@code null} if unknown
     * @throws CloudObjectException with code 400, naming the field, for an invalid field; 10101 if the username is taken,
     *     ignoring upper and lower case; 429 for too many registrations from the address; 503 if the database is
     *     unreachable, with a message of its own if the account was created and only the login failed
     */
    public LoginResult register(
            @Nullable String username,
            @Nullable String password,
            @Nullable String nickname,
            @Nullable String deviceId,
            @Nullable String address) {
        String name = Credentials.username(username);
        String shown = Credentials.nickname(nickname);
        String accepted = Credentials.password(password);
        registrations.count(address);
        String hash = credentials.hash(accepted, address);
        String uid = sessions.newId();
        if (!createUnlessTaken(new NewAccount(uid, name, hash, shown, clock.instant()))) {
            throw new CloudObjectException(Code.USERNAME_TAKEN);
        }
        return openNew(uid, deviceId);
    }

    /** Logs a new user in. A failure has its own message, because a repeated registration would fail with "taken". */
    private LoginResult openNew(String uid, @Nullable String deviceId) {
        try {
            return open(uid, deviceId);
        } catch (CloudObjectException e) {
            CloudObjectException told = new CloudObjectException(
                    e.code(), "the account was created, but the login failed: log in");
            told.initCause(e);
            throw told;
        }
    }

    /** Creates an account, one at a time: the store's unique index distinguishes upper and lower case. */
    private boolean createUnlessTaken(NewAccount account) {
        synchronized (registration) {
            return !store.isTaken(account.username()) && store.create(account);
        }
    }

    /**
     * Logs a user in.
     *
     * @param deviceId the device id that the token is bound to; {@code null} for any device
     * @param address the client's address, for counting wrong passwords; {@code null} if unknown
     * @throws CloudObjectException with code 10102 for an unknown user or a wrong password, 10103 after too many wrong
     *     passwords, 10001 or 10006 for a disabled or closed account, 400 for an invalid field
     */
    public LoginResult login(
            @Nullable String username,
            @Nullable String password,
            @Nullable String deviceId,
            @Nullable String address) {
        String name = Credentials.loginName(username);
        Account account = credentials.check(name, password, address, () -> store.findByUsername(name));
        identities.denialCode(account).ifPresent(code -> {
            throw new CloudObjectException(code);
        });
        return open(account.uid(), deviceId);
    }

    /**
     * Renews a token if that is due.
     *
     * @return the new token, or the given one if no renewal is due
     * @throws CloudObjectException with one of the token codes if the token is not valid
     */
    public IdentityProvider.IssuedToken renew(@Nullable String token, @Nullable String deviceId) {
        if (token == null) {
            throw new CloudObjectException(Code.TOKEN_INVALID);
        }
        Authentication outcome = identities.authenticate(token, deviceId);
        if (outcome instanceof Authentication.Rejected rejected) {
            throw new CloudObjectException(rejected.code());
        }
        Login login = ((Authentication.Authenticated) outcome).login();
        return identities
                .renewIfDue(login)
                .orElseGet(() -> new IdentityProvider.IssuedToken(token, login.expiresAt()));
    }

    /** Creates a demo account unless its username is taken; returns whether it was created. */
    boolean createForDemo(String username, String password, String nickname) {
        return store.findByUsername(username).isEmpty()
                && store.create(new NewAccount(
                        sessions.newId(), username, credentials.hash(password, null), nickname, clock.instant(), true));
    }

    /** Whether the account with this username was created by the demo. */
    boolean isOfDemo(String username) {
        return store.findByUsername(username).filter(Account::ofDemo).isPresent();
    }

    /** The accounts with a name: a username, a uid, or a username at an external issuer. At most two. */
    public List<UserInfo> named(String name) {
        return store.named(name).stream().<UserInfo>map(PublicUserInfo::of).toList();
    }

    /** Reads the account with a uid. */
    public Optional<UserInfo> find(String uid) {
        return store.find(uid).map(PublicUserInfo::of);
    }

    /**
     * A page of accounts, in the order of their usernames; with an external issuer, in the order of their uids.
     *
     * @param start the prefix of the usernames; empty for all
     * @param after the last username of the page before; {@code null} for the first page
     * @param limit the maximum number of accounts
     */
    public List<UserInfo> list(String start, @Nullable String after, int limit) {
        return store.list(start, after, limit).stream().<UserInfo>map(PublicUserInfo::of).toList();
    }

    /** The role with an id. */
    public Optional<Role> role(String id) {
        return store.roles(List.of(id)).stream().findFirst();
    }

    /** A page of roles, in the order of their ids, after {@code after}; {@code null} for the first page. */
    public List<Role> roles(@Nullable String after, int limit) {
        return store.roles(after, limit);
    }

    /** The permission with an id. */
    public Optional<StoredPermission> permission(String id) {
        return store.permissions(List.of(id)).stream().findFirst();
    }

    /** A page of permissions, in the order of their ids, after {@code after}; {@code null} for the first page. */
    public List<StoredPermission> permissions(@Nullable String after, int limit) {
        return store.permissions(after, limit);
    }

    /** Removes a role; returns whether it existed. Takes effect like {@link #define(Role)}. */
    public boolean removeRole(String id) {
        boolean removed = store.removeRole(id);
        identities.rolesChanged();
        return removed;
    }

    /** Removes a permission; returns whether it existed. Takes effect like {@link #define(Role)}. */
    public boolean removePermission(String id) {
        boolean removed = store.removePermission(id);
        identities.rolesChanged();
        return removed;
    }

    /**
     * Sets the status of an account. Takes effect at once.
     *
     * @throws CloudObjectException with code 10002 for an unknown account
     */
    public void changeStatus(String uid, AccountStatus status) {
        changed(uid, store.setStatus(uid, status));
    }

    /**
     * Sets the status of an account if it has not changed since it was read. Takes effect at once.
     *
     * @param before the status that was read; {@link AccountStatus#NORMAL} for a user without a row
     * @throws CloudObjectException with code 10002 for an unknown account, 503 if the status has changed
     */
    public void changeStatus(String uid, AccountStatus before, AccountStatus status) {
        boolean done = store.setStatus(uid, before, status);
        if (!done && store.find(uid).isPresent()) {
            throw new CloudObjectException(
                    Code.UNAVAILABLE, "the status of this user has just been changed by another call: read it and try again");
        }
        changed(uid, done);
    }

    /**
     * Replaces the roles of an account if they have not changed since they were read. Takes effect at once.
     *
     * @param before the roles that were read
     * @throws CloudObjectException with code 10002 for an unknown account, 503 if the roles have changed
     */
    public void changeRoles(String uid, Set<String> before, Set<String> roles) {
        boolean done = store.setRoles(uid, before, roles);
        if (!done && store.find(uid).isPresent()) {
            throw new CloudObjectException(
                    Code.UNAVAILABLE, "the roles of this user have just been changed by another call: read them and try again");
        }
        changed(uid, done);
    }

    /** Creates or replaces a role. Takes effect at once for calls, within five seconds for connections. */
    public void define(Role role) {
        store.put(role);
        identities.rolesChanged();
    }

    /** Creates or replaces a permission. Takes effect like {@link #define(Role)}. */
    public void define(StoredPermission permission) {
        store.put(permission);
        identities.rolesChanged();
    }

    /**
     * Grants the role {@code admin} to an existing account, and logs whether the account exists.
     *
     * @param name the uid or username of the account; empty to do nothing. Usernames at an external issuer are not
     *     accepted, because other users may be able to take the same name
     * @param setting the key of the setting, for the log
     */
    public void grantAdmin(String name, String setting) {
        if (name.isEmpty()) {
            return;
        }
        // The uid first: the server or the issuer assigns it, while users choose their usernames.
        Optional<Account> account = store.find(name).or(() -> store.findByUsername(name));
        if (account.isPresent() && store.addRole(account.get().uid(), Role.ADMIN)) {
            identities.changed(account.get().uid());
            Log.ADMIN_GRANTED.log(name, setting);
            noteGrant(account.get(), setting);
        } else {
            Log.ADMIN_NOT_GRANTED.log(setting, name);
        }
    }

    private static void noteGrant(Account before, String setting) {
        if (!before.roles().contains(Role.ADMIN)) {
            Set<String> roles = new TreeSet<>(before.roles());
            roles.add(Role.ADMIN);
            Audit.ROLES_CHANGED.write(
                    Audit.Actor.SERVER, "user=" + before.uid(), before.roles() + " to " + roles + " by setting " + setting);
        }
    }

    private void changed(String uid, boolean found) {
        if (!found) {
            throw new CloudObjectException(Code.NO_SUCH_USER);
        }
        identities.changed(uid);
    }

    private LoginResult open(String uid, @Nullable String deviceId) {
        // Read first: if this fails, no login session is opened, which could have ended the user's oldest one.
        UserInfo user = identities.find(uid).orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER));
        Grants grants = identities.grants(uid);
        LoginSession session = sessions.open(uid, deviceId);
        return new LoginResult(identities.issue(uid, session, grants), user);
    }
}
