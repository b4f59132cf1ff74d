package dev.cloudobjects.users;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The port to the tables of accounts, roles and permissions. What was written is on disk when the method returns. Safe
 * for use by many threads; every method throws {@link dev.cloudobjects.api.CloudObjectException} with code 503 when the
 * database is away.
 */
public interface AccountStore {

    /** Creates an account; {@code false}, and nothing is done, when its username is taken. */
    boolean create(NewAccount account);

    /** The account with an id. */
    Optional<Account> find(String uid);

    /** The accounts with these ids, in any order; unknown ones are left out. One question, however many there are. */
    List<Account> find(Collection<String> uids);

    /** The account with a username, exactly as it is written. */
    Optional<Account> findByUsername(String username);

    /** Whether an account has this username, or one that differs from it in upper and lower case only. */
    boolean isTaken(String username);

    /**
     * Stores the sessions of an account if they have not changed since they were read, atomically.
     *
     * @param revision that of the {@link Sessions} that were read
     * @param sessions what is stored in their place
     * @param login when the user logged in with this change; {@code null} when he did not
     * @return whether they were stored; {@code false} also when there is no such account
     */
    boolean replaceSessions(String uid, long revision, List<Session> sessions, @Nullable Instant login);

    /** Gives an account one more role; does nothing when it has it. {@code false} when there is no such account. */
    boolean addRole(String uid, String role);

    /**
     * Gives an account these roles and no others, if it still has those that were read before, atomically.
     *
     * @param before the roles that were read
     * @return whether it has them now; {@code false} also when there is no such account
     */
    boolean setRoles(String uid, Set<String> before, Set<String> roles);

    /**
     * Sets the status of an account; {@code false} when there is no such account. Where users are those of an outside
     * issuer, there is one for any id: who has not come yet can be banned as well.
     */
    boolean setStatus(String uid, AccountStatus status);

    /**
     * The same, if the account still has the status that was read before, atomically.
     *
     * @param before the status that was read; {@link AccountStatus#NORMAL} of who has not come yet
     * @return whether it has the other now; {@code false} also when there is no such account
     */
    boolean setStatus(String uid, AccountStatus before, AccountStatus status);

    /**
     * Accounts by a name that people say: a username, an id, or what an outside issuer calls somebody, which need not be
     * his alone. At most two: more than one is too many for whoever means one.
     */
    List<Account> named(String name);

    /**
     * Accounts in the order of their usernames; in that of their ids, where users are those of an outside issuer.
     *
     * @param start how the usernames begin, or the issuer's names or ids; all, when it is empty
     * @param after the username or id behind which the page begins; {@code null} for the first page
     * @param limit how many at most, from 1
     */
    List<Account> list(String start, @Nullable String after, int limit);

    /** Roles in the order of their ids, behind {@code after} if it is not {@code null}, so many at most. */
    List<Role> roles(@Nullable String after, int limit);

    /** Permissions in the order of their ids, behind {@code after} if it is not {@code null}, so many at most. */
    List<StoredPermission> permissions(@Nullable String after, int limit);

    /** Removes a role; {@code false} when there is none with this id. */
    boolean removeRole(String id);

    /** Removes a permission; {@code false} when there is none with this id. */
    boolean removePermission(String id);

    /** The roles with these ids; unknown ones are left out. */
    List<Role> roles(Collection<String> ids);

    /** The permissions with these ids; unknown ones are left out. */
    List<StoredPermission> permissions(Collection<String> ids);

    /** Creates a role, or overwrites the one with its id. */
    void put(Role role);

    /** Creates a permission, or overwrites the one with its id. */
    void put(StoredPermission permission);
}
