package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import dev.cloudobjects.users.StoredPermission;
import dev.cloudobjects.users.UserCentre;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Manages the permissions of the user centre. For administrators: changing permissions is equal to having all of them. */
@CloudObject("sys/permissions")
public class PermissionsObject {

    private static final int LONGEST_URL = 512;

    @Inject
    UserCentre users;

    @Inject
    AdminContext admin;

    /** Selects a page: the ids after {@code after}, at most {@code limit}. */
    public record Listing(@Nullable String after, @Nullable Integer limit) {}

    /**
     * A permission.
     *
     * @param id {@code permission_id}
     * @param name {@code permission_name}, for display; default: the id
     * @param url the permitted call urls: {@code path.method}, a pattern or a regular expression
     * @param mode how the url is matched; default: exactly
     * @param level {@code level}, for display
     * @param enabled whether the permission is in effect; default {@code true}
     */
    public record Definition(
            @Nullable String id,
            @Nullable String name,
            @Nullable String url,
            @Nullable MatchMode mode,
            @Nullable Integer level,
            @Nullable Boolean enabled) {}

    /** Selects a permission. */
    public record Which(@Nullable String id) {}

    /** Answers with a page of permissions, in the order of their ids: {@code {rows, next}}. */
    public Result list(Listing wish) {
        String after = Inputs.optional("after", wish.after());
        int limit = Inputs.limit(wish.limit());
        List<StoredPermission> found = admin.read("permissions", () -> users.permissions(after, limit + 1));
        boolean more = found.size() > limit;
        return Result.ok("rows", found.stream().limit(limit).map(PermissionsObject::row).toList())
                .with("next", more ? found.get(limit - 1).permission().id() : null);
    }

    private static Definition row(StoredPermission stored) {
        Permission permission = stored.permission();
        return new Definition(
                permission.id(), stored.name(), permission.url(), permission.mode(), stored.level(), stored.enabled());
    }

    /** Creates or replaces a permission. */
    public void put(Definition definition) {
        String id = Inputs.text("id", definition.id());
        String name = definition.name() == null ? id : Inputs.text("name", definition.name());
        MatchMode mode = Objects.requireNonNullElse(definition.mode(), MatchMode.EXACT);
        String url = url(definition.url(), mode);
        admin.requireAdministrator("only an administrator changes permissions");
        boolean enabled = !Boolean.FALSE.equals(definition.enabled());
        int level = Objects.requireNonNullElse(definition.level(), 1);
        admin.change(
                Audit.PERMISSION_CHANGED,
                "permission=" + id,
                (enabled ? "enabled for " : "disabled for ") + url + " " + mode,
                () -> users.define(new StoredPermission(new Permission(id, url, mode), name, level, enabled)));
    }

    private static String url(@Nullable String given, MatchMode mode) {
        String url = Inputs.text("url", given, LONGEST_URL);
        if (mode == MatchMode.REGEX) {
            try {
                Pattern.compile(url);
            } catch (PatternSyntaxException e) {
                throw Inputs.wrong("url", "not a regular expression: " + e.getDescription());
            }
        }
        return url;
    }

    /** Removes a permission. */
    public void remove(Which which) {
        String id = Inputs.text("id", which.id());
        admin.requireAdministrator("only an administrator removes permissions");
        admin.change(Audit.PERMISSION_CHANGED, "permission=" + id, "removed", () -> {
            if (!users.removePermission(id)) {
                throw new CloudObjectException(Code.NOT_FOUND, "id: there is no permission '" + id + "'");
            }
        });
    }
}
