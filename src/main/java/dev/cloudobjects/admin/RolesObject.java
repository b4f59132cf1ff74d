package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.users.Role;
import dev.cloudobjects.users.UserCentre;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Manages the roles of the user centre. For administrators: changing roles is equal to having all permissions. */
@CloudObject("sys/roles")
public class RolesObject {

    @Inject
    UserCentre users;

    @Inject
    AdminContext admin;

    /** Selects a page: the ids after {@code after}, at most {@code limit}. */
    public record Listing(@Nullable String after, @Nullable Integer limit) {}

    /**
     * A role.
     *
     * @param id {@code role_id}
     * @param name {@code role_name}, for display; default: the id
     * @param permissions the ids of its permissions
     * @param enabled whether the role is in effect; default {@code true}
     */
    public record Definition(
            @Nullable String id,
            @Nullable String name,
            @Nullable List<@Nullable String> permissions,
            @Nullable Boolean enabled) {}

    /** Selects a role. */
    public record Which(@Nullable String id) {}

    /** Answers with a page of roles, in the order of their ids: {@code {rows, next}}. */
    public Result list(Listing wish) {
        String after = Inputs.optional("after", wish.after());
        int limit = Inputs.limit(wish.limit());
        List<Role> found = admin.read("roles", () -> users.roles(after, limit + 1));
        boolean more = found.size() > limit;
        return Result.ok("rows", found.stream().limit(limit).toList())
                .with("next", more ? found.get(limit - 1).id() : null);
    }

    /** Creates or replaces a role. */
    public void put(Definition definition) {
        String id = own(definition.id());
        String name = definition.name() == null ? id : Inputs.text("name", definition.name());
        Set<String> permissions = Inputs.texts("permissions", definition.permissions());
        admin.requireAdministrator("only an administrator changes roles");
        for (String permission : permissions) {
            if (users.permission(permission).isEmpty()) {
                throw Inputs.wrong("permissions", "there is no permission '" + permission + "'");
            }
        }
        Role role = new Role(id, name, permissions, !Boolean.FALSE.equals(definition.enabled()));
        admin.change(
                Audit.ROLE_CHANGED,
                "role=" + id,
                (role.enabled() ? "enabled with " : "disabled with ") + permissions,
                () -> users.define(role));
    }

    /** Removes a role. Its users lose its permissions. */
    public void remove(Which which) {
        String id = own(which.id());
        admin.requireAdministrator("only an administrator removes roles");
        admin.change(Audit.ROLE_CHANGED, "role=" + id, "removed", () -> {
            if (!users.removeRole(id)) {
                throw new CloudObjectException(Code.NOT_FOUND, "id: there is no role '" + id + "'");
            }
        });
    }

    private static String own(@Nullable String given) {
        String id = Inputs.text("id", given);
        if (id.equals(Role.ADMIN)) {
            throw Inputs.wrong("id", "the role admin has all permissions and can't be changed");
        }
        return id;
    }
}
