package dev.cloudobjects.users.nosql;

import dev.cloudobjects.users.Role;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.persistence.nosql.annotations.DataFormatType;
import org.eclipse.persistence.nosql.annotations.Field;
import org.eclipse.persistence.nosql.annotations.NoSql;
import org.jspecify.annotations.Nullable;

/** A row of {@code uni-id-roles}. Without the field {@code enable}, the role is enabled. */
@Entity
@NoSql(dataType = RoleEntity.COLLECTION, dataFormat = DataFormatType.MAPPED)
public class RoleEntity {

    static final String COLLECTION = "uni-id-roles";

    @Id
    @Field(name = "_id")
    private @Nullable String id;

    @Field(name = "role_id")
    private @Nullable String roleId;

    @Field(name = "role_name")
    private @Nullable String roleName;

    @ElementCollection
    @Field(name = "permission")
    private List<String> permission = new ArrayList<>();

    @Field(name = "enable")
    private @Nullable Boolean enable;

    /** Required by Jakarta Persistence. */
    protected RoleEntity() {}

    RoleEntity(String id) {
        this.id = id;
    }

    void set(Role role) {
        roleId = role.id();
        roleName = role.name();
        permission = new ArrayList<>(role.permissions());
        enable = role.enabled();
    }

    Role toRole() {
        return new Role(
                Objects.requireNonNull(roleId),
                Objects.requireNonNullElse(roleName, ""),
                Set.copyOf(permission),
                !Boolean.FALSE.equals(enable));
    }
}
