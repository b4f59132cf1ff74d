package dev.cloudobjects.users;

import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The grants of a set of roles, read in two queries for any number of accounts. Immutable. */
public final class GrantTable {

    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, StoredPermission> permissions = new HashMap<>();

    private GrantTable() {}

    /** Reads the grants of some roles together. */
    public static Grants grants(AccountStore store, Set<String> roleIds) {
        return read(store, roleIds).of(roleIds);
    }

    /** Reads roles and their permissions. */
    static GrantTable read(AccountStore store, Set<String> roleIds) {
        GrantTable table = new GrantTable();
        if (roleIds.isEmpty()) {
            return table;
        }
        store.roles(roleIds).forEach(role -> table.roles.put(role.id(), role));
        Set<String> permissionIds = table.roles.values().stream()
                .filter(Role::enabled)
                .flatMap(role -> role.permissions().stream())
                .collect(Collectors.toSet());
        if (!permissionIds.isEmpty()) {
            store.permissions(permissionIds)
                    .forEach(stored -> table.permissions.put(stored.permission().id(), stored));
        }
        return table;
    }

    /** The grants of some of the roles that were read, together. */
    Grants of(Set<String> roleIds) {
        if (roleIds.isEmpty()) {
            return Grants.NONE;
        }
        // A role without a row, such as admin, is granted by its id.
        Set<String> inForce = roleIds.stream()
                .filter(id -> !roles.containsKey(id) || roles.get(id).enabled())
                .collect(Collectors.toSet());
        List<Permission> granted = inForce.stream()
                .map(roles::get)
                .filter(Objects::nonNull)
                .flatMap(role -> role.permissions().stream())
                .distinct()
                .map(permissions::get)
                .filter(stored -> stored != null && stored.enabled())
                .map(StoredPermission::permission)
                .toList();
        return new Grants(inForce, granted);
    }
}
