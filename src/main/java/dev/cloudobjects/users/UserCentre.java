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
 * The built-in user centre: registers accounts, opens and ends their sessions, and changes what they may do. Safe for
 * use by many threads.
 *
 * <p>Every method that reads or writes an account throws {@link CloudObjectException} with code 503 when the database is
 * away.
 */
public final class UserCentre {

    private final AccountStore store;
    private final Credentials credentials;
    private final Registrations registrations;
    private final SessionBook sessions;
    private final Identities identities;
    private final InstantSource clock;
    private final Object registration = new Object();

    UserCentre(
            AccountStore store,
            Credentials credentials,
            Registrations registrations,
            SessionBook sessions,
            Identities identities,
            InstantSource clock) {
        this.store = store;
        this.credentials = credentials;
        this.registrations = registrations;
        this.sessions = sessions;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * A session that was opened.
     *
     * @param token its token
     * @param user the account
     */
    public record Opened(IdentityProvider.IssuedToken token, UserInfo user) {}

    /**
     * Creates an account and logs it in.
     *
     * @param deviceId the device that the token shall be bound to; {@code null} for any
     * @param address where the client is; {@code null} when it is not known
     * @throws CloudObjectException with code 400, naming the field, for what is malformed; 10101 when the username is
     *     taken, or differs from a taken one in upper and lower case only; 429 when too many come from the address; 503
     *     when the database is away, saying so when the account was created and only the login failed
     */
    public Opened register(
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

    /** Whoever tries again would hear that the username is taken: it is his. */
    private Opened openNew(String uid, @Nullable String deviceId) {
        try {
            return open(uid, deviceId);
        } catch (CloudObjectException e) {
            CloudObjectException told = new CloudObjectException(
                    e.code(), "the account was created, but could not be logged in: log in with it");
            told.initCause(e);
            throw told;
        }
    }

    /** One after another: the store alone refuses only what is written the same. */
    private boolean createUnlessTaken(NewAccount account) {
        synchronized (registration) {
            return !store.isTaken(account.username()) && store.create(account);
        }
    }

    /**
     * Logs a user in.
     *
     * @param deviceId the device that the token shall be bound to; {@code null} for any
     * @param address where the client is, for counting wrong passwords; {@code null} when it is not known
     * @throws CloudObjectException with code 10102 for an unknown user or a wrong password, 10103 after too many of
     *     them, 10001 or 10006 when the account is disabled or closed, 400 for what is malformed
     */
    public Opened login(
            @Nullable String username,
            @Nullable String password,
            @Nullable String deviceId,
            @Nullable String address) {
        String name = Credentials.loginName(username);
        Account account = credentials.check(name, password, address, () -> store.findByUsername(name));
        identities.obstacle(account).ifPresent(code -> {
            throw new CloudObjectException(code);
        });
        return open(account.uid(), deviceId);
    }

    /**
     * A new token in the place of a good one, when that is due; the same one otherwise.
     *
     * @throws CloudObjectException with one of the token codes when the token is not good
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

    /** Creates an account of the demo, unless its username is taken; tells whether it did. */
    boolean createForDemo(String username, String password, String nickname) {
        return store.findByUsername(username).isEmpty()
                && store.create(new NewAccount(
                        sessions.newId(), username, credentials.hash(password, null), nickname, clock.instant(), true));
    }

    /** Whether there is an account with this username, made by the demo. */
    boolean isOfDemo(String username) {
        return store.findByUsername(username).filter(Account::ofDemo).isPresent();
    }

    /** The accounts that go by a name: a username, an id, or an outside issuer's name. At most two. */
    public List<UserInfo> named(String name) {
        return store.named(name).stream().<UserInfo>map(UserRow::of).toList();
    }

    /** The account with an id, as it is stored now. */
    public Optional<UserInfo> find(String uid) {
        return store.find(uid).map(UserRow::of);
    }

    /**
     * Accounts in the order of their usernames, which for users of an outside issuer are their ids here.
     *
     * @param start how the usernames begin, or the issuer's names; all, when it is empty
     * @param after the username behind which the page begins; {@code null} for the first page
     * @param limit how many at most
     */
    public List<UserInfo> list(String start, @Nullable String after, int limit) {
        return store.list(start, after, limit).stream().<UserInfo>map(UserRow::of).toList();
    }

    /** The role with an id. */
    public Optional<Role> role(String id) {
        return store.roles(List.of(id)).stream().findFirst();
    }

    /** Roles in the order of their ids, behind {@code after}, so many at most. */
    public List<Role> roles(@Nullable String after, int limit) {
        return store.roles(after, limit);
    }

    /** The permission with an id. */
    public Optional<StoredPermission> permission(String id) {
        return store.permissions(List.of(id)).stream().findFirst();
    }

    /** Permissions in the order of their ids, behind {@code after}, so many at most. */
    public List<StoredPermission> permissions(@Nullable String after, int limit) {
        return store.permissions(after, limit);
    }

    /** Removes a role; tells whether there was one. Seen as a change of it is. */
    public boolean removeRole(String id) {
        boolean removed = store.removeRole(id);
        identities.rolesChanged();
        return removed;
    }

    /** Removes a permission; tells whether there was one. Seen as a change of it is. */
    public boolean removePermission(String id) {
        boolean removed = store.removePermission(id);
        identities.rolesChanged();
        return removed;
    }

    /**
     * Lets an account be used, or not; at once.
     *
     * @throws CloudObjectException with code 10002 when there is no such account
     */
    public void changeStatus(String uid, AccountStatus status) {
        changed(uid, store.setStatus(uid, status));
    }

    /**
     * The same, of an account that still has a status.
     *
     * @param before the status that it had when this was decided; {@link AccountStatus#NORMAL} of who has not come yet
     * @throws CloudObjectException with code 10002 when there is no such account, 503 when its status is another by now
     */
    public void changeStatus(String uid, AccountStatus before, AccountStatus status) {
        boolean done = store.setStatus(uid, before, status);
        if (!done && store.find(uid).isPresent()) {
            throw new CloudObjectException(
                    Code.UNAVAILABLE, "somebody else has just changed the status of this user: look, and try again");
        }
        changed(uid, done);
    }

    /**
     * Gives an account these roles and no others; at once.
     *
     * @param before the roles that it had when this was decided
     * @throws CloudObjectException with code 10002 when there is no such account, 503 when its roles are others by now
     */
    public void changeRoles(String uid, Set<String> before, Set<String> roles) {
        boolean done = store.setRoles(uid, before, roles);
        if (!done && store.find(uid).isPresent()) {
            throw new CloudObjectException(
                    Code.UNAVAILABLE, "somebody else has just changed the roles of this user: look, and try again");
        }
        changed(uid, done);
    }

    /** Creates a role, or overwrites the one with its id; calls see it at once, connections within five seconds. */
    public void define(Role role) {
        store.put(role);
        identities.rolesChanged();
    }

    /** Creates a permission, or overwrites the one with its id; seen as a role is. */
    public void define(StoredPermission permission) {
        store.put(permission);
        identities.rolesChanged();
    }

    /**
     * Gives the role {@code admin} to an existing account, and logs whether there was one.
     *
     * @param name the account's id or username; nothing is done when it is empty. Not what an outside issuer calls
     *     somebody: others may be able to call themselves the same
     * @param setting the name of the setting that says so, for the log
     */
    public void grantAdmin(String name, String setting) {
        if (name.isEmpty()) {
            return;
        }
        // The id first: it is given by the server or the issuer, and a username is chosen by whoever registers.
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
                    Audit.Actor.SERVER, "user=" + before.uid(), before.roles() + " to " + roles + ", as " + setting + " says");
        }
    }

    private void changed(String uid, boolean found) {
        if (!found) {
            throw new CloudObjectException(Code.NO_SUCH_USER);
        }
        identities.changed(uid);
    }

    private Opened open(String uid, @Nullable String deviceId) {
        // Read ahead: a login that fails must not have opened a session, which may end the user's oldest.
        UserInfo user = identities.find(uid).orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER));
        Grants grants = identities.grants(uid);
        Session session = sessions.open(uid, deviceId);
        return new Opened(identities.issue(uid, session, grants), user);
    }
}
