package dev.cloudobjects.filter;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.config.Part;
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

/** The built-in filters pub, kh and sys: whether a caller may reach a url. */
@Part
public class AccessCheck {

    private static final String ADMIN = "admin";

    private final IdentityProvider users;
    private final PermissionMatcher matcher = new PermissionMatcher(Log.PERMISSION_UNUSABLE::log);

    /** A check that asks this provider for roles and permissions. */
    @Inject
    public AccessCheck(IdentityProvider users) {
        this.users = users;
    }

    /**
     * Whether a call may pass. Disconnection and error events pass as the user that the connection was accepted with,
     * and the server's own calls pass.
     */
    Optional<Refusal> check(Call call) {
        if (call.source() == Source.FUNCTION || endsConnection(call)) {
            return Optional.empty();
        }
        Optional<Refusal> refused = check(call.method().rule(), call.url(), call.caller().authentication());
        if (refused.isEmpty()) {
            renew(call);
        }
        return refused;
    }

    /** A token that is about to expire is renewed by the HTTP call that carries it; a socket has no answer to carry it. */
    private void renew(Call call) {
        Login login = call.caller().login();
        if (login != null && call.http() != null && call.method().rule().access() != Access.PUB) {
            users.renewIfDue(login).ifPresent(call::renewed);
        }
    }

    /** Whether a caller may connect to an object, before its connection event is called. */
    public Optional<Refusal> checkConnection(ObjectModel object, Authentication caller) {
        ObjectMethod event = object.event(Event.CONNECTION);
        return check(event.rule(), object.path() + "." + event.name(), caller);
    }

    /** Whether a caller may reach a url under a rule. */
    public Optional<Refusal> check(AccessRule rule, String url, Authentication caller) {
        return switch (rule.access()) {
            case PUB -> Optional.empty();
            case KH -> login(rule, caller);
            case SYS -> login(rule, caller).or(() -> permission(rule, url, caller));
        };
    }

    /** Whether a rule asks for a login that a caller does not have. */
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
