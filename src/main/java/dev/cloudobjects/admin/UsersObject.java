package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.Role;
import dev.cloudobjects.users.UserCentre;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Manages the accounts of the user centre. For administrators. */
@CloudObject("sys/users")
public class UsersObject {

    @Inject
    UserCentre users;

    @Inject
    AdminContext admin;

    /**
     * Selects an account by either field.
     *
     * @param id the uid
     * @param username the exact username, or the username at an external issuer
     */
    public record Which(@Nullable String id, @Nullable String username) {}

    /**
     * Selects a page of accounts.
     *
     * @param username the prefix of the usernames; all accounts without it
     * @param after the {@code next} of the page before; the first page without it
     * @param limit the maximum number of rows, 1 to 1000; default 50
     */
    public record Listing(@Nullable String username, @Nullable String after, @Nullable Integer limit) {}

    /**
     * Selects an account.
     *
     * @param user its id
     */
    public record Whose(@Nullable String user) {}

    /**
     * The new roles of an account, which replace all others.
     *
     * @param user its id
     * @param roles the ids of the roles
     */
    public record Roles(@Nullable String user, @Nullable List<@Nullable String> roles) {}

    /** Answers with the row of an account, without passwords and tokens, as {@code user}. */
    public Result find(Which which) {
        String id = Inputs.optional("id", which.id());
        String name = Inputs.optional("username", which.username());
        if ((id == null) == (name == null)) {
            throw Inputs.wrong("id", "expected either id or username");
        }
        UserInfo user = admin.read(
                id == null ? "username=" + name : "user=" + id,
                () -> (id == null ? named(name) : users.find(id))
                        .orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER)));
        return Result.ok("user", user.toJson());
    }

    private Optional<UserInfo> named(String name) {
        List<UserInfo> found = users.named(name);
        if (found.size() > 1) {
            throw Inputs.wrong("username", "several users have this name: list them and use the id");
        }
        return found.stream().findFirst();
    }

    /**
     * Answers with a page of accounts, in the order of their usernames; with an external issuer, in the order of their uids:
     * {@code {rows, next}}.
     */
    public Result list(Listing wish) {
        String start = wish.username() == null ? "" : Inputs.text("username", wish.username());
        String after = Inputs.optional("after", wish.after());
        int limit = Inputs.limit(wish.limit());
        List<UserInfo> found = admin.read("username=" + start + "*", () -> users.list(start, after, limit + 1));
        boolean more = found.size() > limit;
        List<JsonObject> rows = found.stream().limit(limit).map(UserInfo::toJson).toList();
        return Result.ok("rows", rows)
                .with("next", more ? found.get(limit - 1).username() : null);
    }

    /** Disables an account. Its logins and connections end at once. */
    public void ban(Whose whose) {
        String user = other(whose);
        // A user of an external issuer can be disabled before the first login, so the row may be missing.
        Optional<UserInfo> account = users.find(user);
        account.ifPresent(this::guard);
        AccountStatus before = account.map(UsersObject::status).orElse(AccountStatus.NORMAL);
        // Disabling and enabling would turn a closed or rejected account into a normal one.
        if (before != AccountStatus.NORMAL && before != AccountStatus.DISABLED) {
            throw Inputs.wrong("user", "this account can't be banned: its status is " + before);
        }
        change(user, before, AccountStatus.DISABLED);
    }

    /** Enables a disabled account. Its tokens that have not expired become valid again. */
    public void unban(Whose whose) {
        String user = other(whose);
        UserInfo account = known(user);
        guard(account);
        if (status(account) != AccountStatus.DISABLED) {
            throw Inputs.wrong("user", "this account is not banned");
        }
        change(user, AccountStatus.DISABLED, AccountStatus.NORMAL);
    }

    private String other(Whose whose) {
        String user = Inputs.text("user", whose.user());
        admin.denySelf(user);
        return user;
    }

    private static AccountStatus status(UserInfo account) {
        return AccountStatus.of(account.toJson().getInt("status", AccountStatus.NORMAL.value()));
    }

    /** Sets the status if it is unchanged since the check: a concurrent change may have made the new status invalid. */
    private void change(String user, AccountStatus before, AccountStatus status) {
        admin.change(
                Audit.STATUS_CHANGED,
                "user=" + user,
                status.toString(),
                () -> users.changeStatus(user, before, status));
    }

    /** Replaces the roles of an account. Takes effect at once. */
    public void setRoles(Roles change) {
        String user = Inputs.text("user", change.user());
        Set<String> roles = Inputs.texts("roles", change.roles());
        UserInfo account = known(user);
        Set<String> before = account.role();
        guard(account);
        admin.requireAdministratorForSelf(user, "only an administrator changes his own roles");
        for (String role : differences(before, roles)) {
            if (role.equals(Role.ADMIN)) {
                admin.denySelf(user);
                admin.requireAdministrator("only an administrator gives or takes the role admin");
            } else {
                mayPass(role, roles.contains(role));
            }
        }
        admin.change(
                Audit.ROLES_CHANGED,
                "user=" + user,
                before + " to " + roles,
                // Only if the roles are unchanged since the check: the caller may lack the right for concurrently added roles.
                () -> users.changeRoles(user, before, roles));
    }

    /** Refuses to grant or remove a role with permissions that the caller lacks, unless the caller has the role admin. */
    private void mayPass(String id, boolean given) {
        Optional<Role> role = users.role(id);
        if (given && role.isEmpty()) {
            throw Inputs.wrong("roles", "there is no role '" + id + "'");
        }
        admin.requireHeld(
                role.map(Role::permissions).orElse(Set.of()),
                "only an administrator gives or takes a role that permits more than one's own: " + id);
    }

    private static Set<String> differences(Set<String> one, Set<String> other) {
        Set<String> differences = new TreeSet<>(one);
        differences.addAll(other);
        differences.removeIf(role -> one.contains(role) && other.contains(role));
        return differences;
    }

    private UserInfo known(String user) {
        return users.find(user).orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER));
    }

    /** Refuses changes of an account that the caller may not change. */
    private void guard(UserInfo account) {
        if (account.role().contains(Role.ADMIN)) {
            admin.requireAdministrator("only an administrator changes the account of one");
        }
    }
}
