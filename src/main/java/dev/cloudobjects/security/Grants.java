package dev.cloudobjects.security;

import java.util.List;
import java.util.Set;

/**
 * The roles of a user and their permissions. Immutable.
 *
 * @param roles the ids of the enabled roles
 * @param permissions the enabled permissions of these roles
 */
public record Grants(Set<String> roles, List<Permission> permissions) {

    /** No role and no permission. */
    public static final Grants NONE = new Grants(Set.of(), List.of());

    public Grants {
        roles = Set.copyOf(roles);
        permissions = List.copyOf(permissions);
    }
}
