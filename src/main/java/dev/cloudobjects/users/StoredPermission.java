package dev.cloudobjects.users;

import dev.cloudobjects.security.Permission;

/**
 * A row of {@code uni-id-permissions}.
 *
 * @param permission what it opens
 * @param name {@code permission_name}, for people
 * @param level {@code level}, for people
 * @param enabled {@code enable}
 */
public record StoredPermission(Permission permission, String name, int level, boolean enabled) {}
