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

/** The roles of the built-in user centre, for administrators: who may change these may do everything. */
@CloudObject("sys/roles")
public class RolesObject {

    @Inject
    UserCentre users;

    @Inject
    Trail trail;

    /** Which page: the ids after this one, and so many. */
    public record Listing(@Nullable String after, @Nullable Integer limit) {}

    /**
     * A role.
     *
     * @param id {@code role_id}
     * @param name {@code role_name}, for people; the id if it is left out
     * @param permissions ids of permissions
     * @param enabled whether it counts; {@code true} if it is left out
     */
    public record Definition(
            @Nullable String id,
            @Nullable String name,
            @Nullable List<@Nullable String> permissions,
            @Nullable Boolean enabled) {}

    /** Which role. */
    public record Which(@Nullable String id) {}

    /** Answers with roles in the order of their ids: {@code {rows, next}}. */
    public Result list(Listing wish) {
        String after = Inputs.optional("after", wish.after());
        int limit = Inputs.limit(wish.limit());
        List<Role> found = trail.read("roles", () -> users.roles(after, limit + 1));
        boolean more = found.size() > limit;
        return Result.ok("rows", found.stream().limit(limit).toList())
                .with("next", more ? found.get(limit - 1).id() : null);
    }

    /** Creates a role, or changes the one with its id. */
    public void put(Definition definition) {
        String id = own(definition.id());
        String name = definition.name() == null ? id : Inputs.text("name", definition.name());
        Set<String> permissions = Inputs.texts("permissions", definition.permissions());
        trail.onlyAdministrators("only an administrator changes roles");
        for (String permission : permissions) {
            if (users.permission(permission).isEmpty()) {
                throw Inputs.wrong("permissions", "there is no permission '" + permission + "'");
            }
        }
        Role role = new Role(id, name, permissions, !Boolean.FALSE.equals(definition.enabled()));
        trail.change(
                Audit.ROLE_CHANGED,
                "role=" + id,
                (role.enabled() ? "enabled with " : "disabled with ") + permissions,
                () -> users.define(role));
    }

    /** Removes a role: whoever has it has nothing of it any more. */
    public void remove(Which which) {
        String id = own(which.id());
        trail.onlyAdministrators("only an administrator removes roles");
        trail.change(Audit.ROLE_CHANGED, "role=" + id, "removed", () -> {
            if (!users.removeRole(id)) {
                throw new CloudObjectException(Code.NOT_FOUND, "id: there is no role '" + id + "'");
            }
        });
    }

    private static String own(@Nullable String given) {
        String id = Inputs.text("id", given);
        if (id.equals(Role.ADMIN)) {
            throw Inputs.wrong("id", "the role admin may do everything, and stays as it is");
        }
        return id;
    }
}
