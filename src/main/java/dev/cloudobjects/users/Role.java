package dev.cloudobjects.users;

import java.util.Set;

/**
 * A row of {@code uni-id-roles}.
 *
 * @param id {@code role_id}
 * @param name {@code role_name}, for people
 * @param permissions {@code permission[]}: ids of permissions
 * @param enabled {@code enable}
 */
public record Role(String id, String name, Set<String> permissions, boolean enabled) {

    /** The role that passes every {@code sys} filter. It needs no row. */
    public static final String ADMIN = "admin";

    public Role {
        permissions = Set.copyOf(permissions);
    }
}
