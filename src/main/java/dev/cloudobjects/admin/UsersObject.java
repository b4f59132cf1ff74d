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
import java.util.Set;
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
     * @param username its username, exactly
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
        UserInfo user = trail.read(id == null ? "username=" + name : "user=" + id, () -> (id == null
                        ? users.findByUsername(name)
                        : users.find(id))
                .orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER)));
        return Result.ok("user", user.toJson());
    }

    /** Answers with accounts in the order of their usernames: {@code {rows, next}}. */
    public Result list(@Nullable Listing listing) {
        Listing wish = listing == null ? new Listing(null, null, null) : listing;
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
        status(whose, AccountStatus.DISABLED);
    }

    /** Lets an account that was banned be used again; its user logs in anew or goes on with a token that is still good. */
    public void unban(Whose whose) {
        status(whose, AccountStatus.NORMAL);
    }

    private void status(Whose whose, AccountStatus status) {
        String user = Inputs.text("user", whose.user());
        trail.notOneself(user);
        UserInfo account = guarded(user);
        boolean back = status == AccountStatus.NORMAL;
        if (back && !AccountStatus.DISABLED.equals(AccountStatus.of(account.toJson().getInt("status", 0)))) {
            throw Inputs.wrong("user", "this account is not banned");
        }
        trail.change(
                Audit.STATUS_CHANGED, "user=" + user, status.toString(), () -> users.changeStatus(user, status));
    }

    /** Gives an account these roles, and takes all others. Takes effect at once. */
    public void setRoles(Roles change) {
        String user = Inputs.text("user", change.user());
        Set<String> roles = Inputs.texts("roles", change.roles());
        UserInfo account = guarded(user);
        if (roles.contains(Role.ADMIN) != account.role().contains(Role.ADMIN)) {
            trail.notOneself(user);
            trail.onlyAdministrators("only an administrator gives or takes the role admin");
        }
        for (String role : roles) {
            if (!role.equals(Role.ADMIN) && !account.role().contains(role) && users.role(role).isEmpty()) {
                throw Inputs.wrong("roles", "there is no role '" + role + "'");
            }
        }
        trail.change(
                Audit.ROLES_CHANGED,
                "user=" + user,
                account.role() + " to " + roles,
                () -> users.changeRoles(user, roles));
    }

    /** An account that the caller may change. */
    private UserInfo guarded(String user) {
        UserInfo account = users.find(user).orElseThrow(() -> new CloudObjectException(Code.NO_SUCH_USER));
        if (account.role().contains(Role.ADMIN)) {
            trail.onlyAdministrators("only an administrator changes the account of one");
        }
        return account;
    }
}
