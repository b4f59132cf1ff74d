package dev.cloudobjects.users;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The port to the tables of accounts, roles and permissions. A change is on disk when its method returns. Safe for use by
 * many threads. Each method may block on the network, and throws {@link dev.cloudobjects.api.CloudObjectException} with
 * code 503 if the database is unreachable.
 */
public interface AccountStore {

    /** Creates an account; returns {@code false} without a change if the username is taken. */
    boolean create(NewAccount account);

    /** The account with a uid. */
    Optional<Account> find(String uid);

    /** The accounts with these uids, in any order, without unknown ones. One query for all uids. */
    List<Account> find(Collection<String> uids);

    /** The account with a username. Upper and lower case must match. */
    Optional<Account> findByUsername(String username);

    /** Whether an account has this username, ignoring upper and lower case. */
    boolean isTaken(String username);

    /**
     * Replaces the login sessions of an account if they have not changed since they were read, atomically.
     *
     * @param revision the revision of the {@link LoginSessions} that were read
     * @param sessions the new login sessions
     * @param login the time of the login, if the change is a login; otherwise {@code null}
     * @return whether they were replaced; {@code false} also for an unknown account
     */
    boolean replaceSessions(String uid, long revision, List<LoginSession> sessions, @Nullable Instant login);

    /** Adds a role to an account, unless it has the role. Returns {@code false} for an unknown account. */
    boolean addRole(String uid, String role);

    /**
     * Replaces the roles of an account if they have not changed since they were read, atomically.
     *
     * @param before the roles that were read
     * @return whether they were replaced; {@code false} also for an unknown account
     */
    boolean setRoles(String uid, Set<String> before, Set<String> roles);

    /**
     * Sets the status of an account; returns {@code false} for an unknown account. With an external issuer every uid is
     * known, so a user can be disabled before the first login.
     */
    boolean setStatus(String uid, AccountStatus status);

    /**
     * Sets the status of an account if it has not changed since it was read, atomically.
     *
     * @param before the status that was read; {@link AccountStatus#NORMAL} for a user without a row
     * @return whether the status was set; {@code false} also for an unknown account
     */
    boolean setStatus(String uid, AccountStatus before, AccountStatus status);

    /**
     * The accounts with a name: a username, a uid, or a username at an external issuer, which need not be unique. At most
     * two, enough to detect that the name is ambiguous.
     */
    List<Account> named(String name);

    /**
     * A page of accounts, in the order of their usernames; with an external issuer, in the order of their uids.
     *
     * @param start the prefix of the usernames; with an external issuer, of the names or uids; empty for all
     * @param after the last username or uid of the page before; {@code null} for the first page
     * @param limit the maximum number of accounts, from 1
     */
    List<Account> list(String start, @Nullable String after, int limit);

    /** A page of roles, in the order of their ids, after {@code after}; {@code null} for the first page. */
    List<Role> roles(@Nullable String after, int limit);

    /** A page of permissions, in the order of their ids, after {@code after}; {@code null} for the first page. */
    List<StoredPermission> permissions(@Nullable String after, int limit);

    /** Removes a role; returns {@code false} for an unknown id. */
    boolean removeRole(String id);

    /** Removes a permission; returns {@code false} for an unknown id. */
    boolean removePermission(String id);

    /** The roles with these ids, without unknown ones. */
    List<Role> roles(Collection<String> ids);

    /** The permissions with these ids, without unknown ones. */
    List<StoredPermission> permissions(Collection<String> ids);

    /** Creates a role or replaces the role with the same id. */
    void put(Role role);

    /** Creates a permission or replaces the permission with the same id. */
    void put(StoredPermission permission);
}
