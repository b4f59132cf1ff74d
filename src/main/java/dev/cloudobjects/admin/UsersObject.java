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

/** The accounts of the built-in user centre, for administrators. */
@CloudObject("sys/users")
public class UsersObject {

    @Inject
    UserCentre users;

    @Inject
    Trail trail;

    /**
     * Which account: by one of the two.
     *
     * @param id its id
     * @param username its username, exactly, or what an outside issuer calls its user
     */
    public record Which(@Nullable String id, @Nullable String username) {}

    /**
     * Which page.
     *
     * @param username how the usernames begin; without it, all
     * @param after the {@code next} of the page before
     * @param limit the most rows, 1 to 1000; 50 if it is left out
     */
    public record Listing(@Nullable String username, @Nullable String after, @Nullable Integer limit) {}

    /**
     * An account.
     *
     * @param user its id
     */
    public record Whose(@Nullable String user) {}

    /**
     * The roles that an account shall have, and no others.
     *
     * @param user its id
     * @param roles ids of roles
     */
    public record Roles(@Nullable String user, @Nullable List<@Nullable String> roles) {}

    /** Answers with the row of an account, as {@code user}; without passwords and tokens. */
    public Result find(Which which) {
        String id = Inputs.optional("id", which.id());
        String name = Inputs.optional("username", which.username());
        if ((id == null) == (name == null)) {
            throw Inputs.wrong("id", "expected an id or a username, one of them");
        }
        UserInfo user = trail.read(
                id == null ? "username=" + name : "user=" + id,
                () -> (id == null ? named(name) : users.find(id))
                        .orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER)));
        return Result.ok("user", user.toJson());
    }

    private Optional<UserInfo> named(String name) {
        List<UserInfo> found = users.named(name);
        if (found.size() > 1) {
            throw Inputs.wrong("username", "several users are called so: list them, and say the id of one");
        }
        return found.stream().findFirst();
    }

    /**
     * Answers with accounts in the order of their usernames, or of the ids that users of an outside issuer have in their
     * place: {@code {rows, next}}.
     */
    public Result list(Listing wish) {
        String start = wish.username() == null ? "" : Inputs.text("username", wish.username());
        String after = Inputs.optional("after", wish.after());
        int limit = Inputs.limit(wish.limit());
        List<UserInfo> found = trail.read("username=" + start + "*", () -> users.list(start, after, limit + 1));
        boolean more = found.size() > limit;
        List<JsonObject> rows = found.stream().limit(limit).map(UserInfo::toJson).toList();
        return Result.ok("rows", rows)
                .with("next", more ? found.get(limit - 1).username() : null);
    }

    /** Lets an account be used no longer: its logins and connections end at once. */
    public void ban(Whose whose) {
        String user = other(whose);
        // Of an outside issuer's users, those can be banned as well who have not come yet.
        Optional<UserInfo> account = users.find(user);
        account.ifPresent(this::guard);
        AccountStatus before = account.map(UsersObject::status).orElse(AccountStatus.NORMAL);
        // As banned, and then let in again, it would be an account that was never closed or rejected.
        if (before != AccountStatus.NORMAL && before != AccountStatus.DISABLED) {
            throw Inputs.wrong("user", "this account can't be used as it is: its status is " + before);
        }
        change(user, before, AccountStatus.DISABLED);
    }

    /** Lets an account that was banned be used again; its user logs in anew or goes on with a token that is still good. */
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
        trail.notOneself(user);
        return user;
    }

    private static AccountStatus status(UserInfo account) {
        return AccountStatus.of(account.toJson().getInt("status", AccountStatus.NORMAL.value()));
    }

    /** Under the status that was looked at: what others made of it meanwhile may be none to ban or to let in again. */
    private void change(String user, AccountStatus before, AccountStatus status) {
        trail.change(
                Audit.STATUS_CHANGED,
                "user=" + user,
                status.toString(),
                () -> users.changeStatus(user, before, status));
    }

    /** Gives an account these roles, and takes all others. Takes effect at once. */
    public void setRoles(Roles change) {
        String user = Inputs.text("user", change.user());
        Set<String> roles = Inputs.texts("roles", change.roles());
        UserInfo account = known(user);
        Set<String> before = account.role();
        guard(account);
        trail.onlyOthers(user, "only an administrator changes his own roles");
        for (String role : differences(before, roles)) {
            if (role.equals(Role.ADMIN)) {
                trail.notOneself(user);
                trail.onlyAdministrators("only an administrator gives or takes the role admin");
            } else {
                mayPass(role, roles.contains(role));
            }
        }
        trail.change(
                Audit.ROLES_CHANGED,
                "user=" + user,
                before + " to " + roles,
                // Under the roles that were looked at: what others made of them meanwhile may be beyond the caller.
                () -> users.changeRoles(user, before, roles));
    }

    /** Whether the caller may give or take a role: without being an administrator, one that permits no more than he may. */
    private void mayPass(String id, boolean given) {
        Optional<Role> role = users.role(id);
        if (given && role.isEmpty()) {
            throw Inputs.wrong("roles", "there is no role '" + id + "'");
        }
        trail.onlyHolders(
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

    /** Refuses an account that the caller may not change. */
    private void guard(UserInfo account) {
        if (account.role().contains(Role.ADMIN)) {
            trail.onlyAdministrators("only an administrator changes the account of one");
        }
    }
}
