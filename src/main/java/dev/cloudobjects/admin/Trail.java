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

/** Who administers in the call in progress, and the record of what he did. */
@ApplicationScoped
class Trail {

    @Inject
    CurrentCall current;

    @Inject
    IdentityProvider users;

    /** Looks something up, and puts that on record. */
    <T> T read(String what, Supplier<T> lookup) {
        return AuditTrail.noted(Audit.LOOKED_UP, current.call(), what, lookup, found -> "done");
    }

    /** Changes something, and puts that on record, or that it failed. */
    void change(Audit what, String whom, String outcome, Runnable change) {
        AuditTrail.noted(
                what,
                current.call(),
                whom,
                () -> {
                    change.run();
                    return outcome;
                },
                done -> done);
    }

    /** Whether the caller has the role admin, and not only a permission for what he calls; the server's own code does. */
    private boolean isAdministrator() {
        if (current.required().source() == Source.FUNCTION) {
            return true;
        }
        String uid = caller();
        return uid != null && users.grants(uid).roles().contains(Role.ADMIN);
    }

    /** Refuses to let the caller lock himself out. */
    void notOneself(String user) {
        if (user.equals(caller())) {
            throw Inputs.wrong("user", "nobody does this to himself: have another administrator do it");
        }
    }

    /** Refuses whoever is no administrator to change himself. */
    void onlyOthers(String user, String why) {
        if (user.equals(caller())) {
            onlyAdministrators(why);
        }
    }

    /** Refuses whoever is no administrator and lacks one of these permissions: nobody hands on what he has not. */
    void onlyHolders(Set<String> permissions, String why) {
        String uid = caller();
        Set<String> held = uid == null
                ? Set.of()
                : users.grants(uid).permissions().stream().map(Permission::id).collect(Collectors.toSet());
        if (!held.containsAll(permissions)) {
            onlyAdministrators(why);
        }
    }

    /** Refuses whoever is no administrator himself: a permission to administer others does not reach so far. */
    void onlyAdministrators(String why) {
        if (!isAdministrator()) {
            AuditTrail.note(Audit.REFUSED, current.call(), "administrators", why);
            throw new CloudObjectException(Code.DENIED.value(), why);
        }
    }

    private @Nullable String caller() {
        return current.required().caller().uid();
    }
}
