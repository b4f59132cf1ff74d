package dev.cloudobjects.admin;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.AuditTrail;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.users.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The administrator's call in progress: checks the caller's rights and writes the audit log. Safe for use by many threads. */
@ApplicationScoped
class AdminContext {

    @Inject
    CurrentCall current;

    @Inject
    IdentityProvider users;

    /** Reads records, and writes that to the audit log. */
    <T> T read(String what, Supplier<T> lookup) {
        return AuditTrail.noted(Audit.LOOKED_UP, current.call(), what, lookup, found -> "done");
    }

    /** Makes a change, and writes its outcome or its failure to the audit log. */
    void change(Audit what, String target, String outcome, Runnable change) {
        AuditTrail.noted(
                what,
                current.call(),
                target,
                () -> {
                    change.run();
                    return outcome;
                },
                done -> done);
    }

    /** Whether the caller has the role admin, and not only a permission for the call; true for internal calls. */
    private boolean isAdministrator() {
        if (current.required().source() == Source.FUNCTION) {
            return true;
        }
        String uid = caller();
        return uid != null && users.grants(uid).roles().contains(Role.ADMIN);
    }

    /** Refuses a change of the caller's own account, which could lock the caller out. */
    void denySelf(String user) {
        if (user.equals(caller())) {
            throw Inputs.wrong("user", "this can't be done to one's own account: ask another administrator");
        }
    }

    /** Refuses a change of the caller's own account unless the caller has the role admin. */
    void requireAdministratorForSelf(String user, String why) {
        if (user.equals(caller())) {
            requireAdministrator(why);
        }
    }

    /** Refuses to grant permissions that the caller does not have, unless the caller has the role admin. */
    void requireHeld(Set<String> permissions, String why) {
        String uid = caller();
        Set<String> held = uid == null
                ? Set.of()
                : users.grants(uid).permissions().stream().map(Permission::id).collect(Collectors.toSet());
        if (!held.containsAll(permissions)) {
            requireAdministrator(why);
        }
    }

    /** Refuses a caller without the role admin, also one with a permission for the call. */
    void requireAdministrator(String why) {
        if (!isAdministrator()) {
            AuditTrail.note(Audit.REFUSED, current.call(), "administrators", why);
            throw new CloudObjectException(Code.DENIED.value(), why);
        }
    }

    private @Nullable String caller() {
        return current.required().caller().uid();
    }
}
