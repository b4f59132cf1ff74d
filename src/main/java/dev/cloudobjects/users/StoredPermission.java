package dev.cloudobjects.users;

import dev.cloudobjects.security.Permission;

/**
 * A row of {@code uni-id-permissions}. Immutable.
 *
 * @param permission the permission
 * @param name {@code permission_name}, for display
 * @param level {@code level}, for display
 * @param enabled {@code enable}
 */
public record StoredPermission(Permission permission, String name, int level, boolean enabled) {}
