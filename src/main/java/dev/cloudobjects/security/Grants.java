package dev.cloudobjects.security;

import java.util.List;
import java.util.Set;

/**
 * What a user's enabled roles give.
 *
 * @param roles the ids of the roles
 * @param permissions the enabled permissions of these roles
 */
public record Grants(Set<String> roles, List<Permission> permissions) {

    /** Nothing. */
    public static final Grants NONE = new Grants(Set.of(), List.of());

    public Grants {
        roles = Set.copyOf(roles);
        permissions = List.copyOf(permissions);
    }
}
