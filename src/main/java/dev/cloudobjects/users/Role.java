package dev.cloudobjects.users;

import java.util.Set;

/**
 * A role: a row of {@code uni-id-roles}. Immutable.
 *
 * @param id {@code role_id}
 * @param name {@code role_name}, for display
 * @param permissions {@code permission[]}: ids of permissions
 * @param enabled {@code enable}
 */
public record Role(String id, String name, Set<String> permissions, boolean enabled) {

    /** The id of the role that passes each {@code sys} filter. It needs no row. */
    public static final String ADMIN = "admin";

    public Role {
        permissions = Set.copyOf(permissions);
    }
}
