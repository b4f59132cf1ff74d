package dev.cloudobjects.users.nosql;

import dev.cloudobjects.storage.Schema;
import dev.cloudobjects.users.Account;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The schema of the tables of the user centre. */
@ApplicationScoped
class UsersSchema implements Schema {

    @Override
    public List<Class<?>> entities() {
        return List.of(UserEntity.class, RoleEntity.class, PermissionEntity.class);
    }

    @Override
    public List<Index> indexes() {
        return List.of(
                new Index(UserEntity.COLLECTION, "username", true),
                new Index(UserEntity.COLLECTION, Account.EXTERNAL_NAME, false),
                new Index(RoleEntity.COLLECTION, "role_id", true),
                new Index(PermissionEntity.COLLECTION, "permission_id", true));
    }
}
