package dev.cloudobjects.filter;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.PermissionMatcher;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Authentication.Authenticated;
import dev.cloudobjects.security.Authentication.Rejected;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Permission;
import jakarta.inject.Inject;
import java.util.Optional;

/** The built-in filters pub, kh and sys: whether a caller may call a url. Safe for use by many threads. */
@UnproxiedSingleton
public class AccessCheck {

    private static final String ADMIN = "admin";

    private final IdentityProvider users;
    private final PermissionMatcher matcher = new PermissionMatcher(Log.PERMISSION_UNUSABLE::log);

    /** A check with the roles and permissions of this provider. */
    @Inject
    public AccessCheck(IdentityProvider users) {
        this.users = users;
    }

    /**
     * The refusal of a call; empty when the call is admitted. Disconnection and error events and the server's own calls are
     * always admitted.
     */
    Optional<Refusal> check(Call call) {
        AccessRule rule = call.method().rule();
        // The url of a public method is not needed, and not made.
        if (rule.access() == Access.PUB || call.source() == Source.FUNCTION || endsConnection(call)) {
            return Optional.empty();
        }
        Optional<Refusal> refused = check(rule, call.url(), call.caller().authentication());
        if (refused.isEmpty()) {
            renew(call);
        }
        return refused;
    }

    /** Renews a token that is about to expire, in an HTTP call only: its answer can carry the new token. */
    private void renew(Call call) {
        Login login = call.caller().login();
        if (login != null && call.http() != null) {
            users.renewIfDue(login).ifPresent(call::renewed);
        }
    }

    /** The refusal of a connection to an object; empty when its connection event may be called. */
    public Optional<Refusal> checkConnection(ObjectModel object, Authentication caller) {
        ObjectMethod event = object.event(Event.CONNECTION);
        return check(event.rule(), object.path() + "." + event.name(), caller);
    }

    /** The refusal of a call of a url under a rule; empty when the caller may call it. */
    public Optional<Refusal> check(AccessRule rule, String url, Authentication caller) {
        return switch (rule.access()) {
            case PUB -> Optional.empty();
            case KH -> login(rule, caller);
            case SYS -> login(rule, caller).or(() -> permission(rule, url, caller));
        };
    }

    /** Whether a rule needs a login and the caller has none. */
    public boolean lacksLogin(AccessRule rule, Authentication caller) {
        return rule.access() != Access.PUB && login(rule, caller).isPresent();
    }

    private static boolean endsConnection(Call call) {
        return call.event()
                .filter(event -> event == Event.DISCONNECTION || event == Event.ERROR)
                .isPresent();
    }

    private static Optional<Refusal> login(AccessRule rule, Authentication caller) {
        String filter = rule.access().word();
        if (caller instanceof Authenticated) {
            return Optional.empty();
        }
        String need = "it needs a login (" + rule.reason() + "), and ";
        return Optional.of(
                caller instanceof Rejected rejected
                        ? Refusal.of(rejected.code(), filter, need + "the token was not accepted: " + rejected.code())
                        : Refusal.of(Code.TOKEN_INVALID, filter, need + "no token was given"));
    }

    private Optional<Refusal> permission(AccessRule rule, String url, Authentication caller) {
        if (!(caller instanceof Authenticated user)) {
            return Optional.empty();
        }
        Grants grants = users.grants(user.login().uid());
        boolean granted = grants.roles().contains(ADMIN)
                || grants.permissions().stream().anyMatch(permission -> matches(permission, url));
        if (granted) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                Code.DENIED,
                Access.SYS.word(),
                "it needs the role admin or a permission that matches " + url + " (" + rule.reason()
                        + "); the user's roles are " + grants.roles() + ", his permissions "
                        + grants.permissions().stream().map(Permission::id).toList()));
    }

    private boolean matches(Permission permission, String url) {
        return switch (permission.mode()) {
            case EXACT -> matcher.exact(url, permission.url());
            case WILDCARD -> matcher.wildcard(url, permission.url());
            case REGEX -> matcher.regex(url, permission.url());
        };
    }
}
