package dev.cloudobjects.users.nosql;

import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import dev.cloudobjects.users.StoredPermission;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Objects;
import org.eclipse.persistence.nosql.annotations.DataFormatType;
import org.eclipse.persistence.nosql.annotations.Field;
import org.eclipse.persistence.nosql.annotations.NoSql;
import org.jspecify.annotations.Nullable;

/** A row of {@code uni-id-permissions}. Without the field {@code enable}, the permission is enabled. */
@Entity
@NoSql(dataType = PermissionEntity.COLLECTION, dataFormat = DataFormatType.MAPPED)
public class PermissionEntity {

    static final String COLLECTION = "uni-id-permissions";

    @Id
    @Field(name = "_id")
    private @Nullable String id;

    @Field(name = "permission_id")
    private @Nullable String permissionId;

    @Field(name = "permission_name")
    private @Nullable String permissionName;

    @Field(name = "url")
    private @Nullable String url;

    @Field(name = "match_mode")
    private int matchMode;

    @Field(name = "level")
    private int level;

    @Field(name = "enable")
    private @Nullable Boolean enable;

    /** Required by Jakarta Persistence. */
    protected PermissionEntity() {}

    PermissionEntity(String id) {
        this.id = id;
    }

    void set(StoredPermission stored) {
        permissionId = stored.permission().id();
        permissionName = stored.name();
        url = stored.permission().url();
        matchMode = stored.permission().mode().ordinal();
        level = stored.level();
        enable = stored.enabled();
    }

    /** The permission; disabled if its {@code match_mode} is unknown or its url is missing. */
    StoredPermission toPermission() {
        boolean known = url != null && matchMode >= 0 && matchMode < MatchMode.values().length;
        Permission permission = new Permission(
                Objects.requireNonNull(permissionId),
                Objects.requireNonNullElse(url, ""),
                known ? MatchMode.values()[matchMode] : MatchMode.EXACT);
        return new StoredPermission(
                permission,
                Objects.requireNonNullElse(permissionName, ""),
                level,
                known && !Boolean.FALSE.equals(enable));
    }
}
