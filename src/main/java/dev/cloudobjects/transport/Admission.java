package dev.cloudobjects.transport;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Whether a client may connect to an object: the same answer for a ticket and for the handshake itself. */
@ApplicationScoped
class Admission {

    static final String DEFAULT_CHANNEL = "default";
    private static final int MAX_CHANNEL = 64;

    @Inject
    ObjectDirectory objects;

    @Inject
    AccessCheck access;

    @Inject
    Sessions connections;

    /** The object of a path. @throws Refused with code 404 when there is none that takes connections, 503 while stopping */
    ObjectModel object(String path) {
        if (!connections.isAccepting()) {
            throw new Refused(Code.UNAVAILABLE, "the server is stopping: try again");
        }
        return objects.find(path)
                .filter(ObjectModel::takesConnections)
                .orElseThrow(() -> new Refused(Code.NOT_FOUND, "there is no cloud object here that takes connections"));
    }

    /** Lets a caller pass, or not. The whole filter chain follows with the connection event. */
    void check(ObjectModel object, Caller caller) {
        access.checkConnection(object, caller.authentication()).ifPresent(refusal -> {
            if (refusal.isWantOfRights()) {
                Audit.REFUSED.write(
                        new Audit.Actor(caller.uid(), caller.client().address(), attempt(object), null),
                        "",
                        refusal.reason());
            }
            connections.traces().refused(caller.uid(), object.path(), refusal.code(), refusal.reason());
            throw new Refused(refusal);
        });
    }

    private static String attempt(ObjectModel object) {
        return Source.WEBSOCKET.wireName() + " " + object.path() + "." + Event.CONNECTION.methodName();
    }

    /** Whether connections to an object live only as long as their login. */
    static boolean needsLogin(ObjectModel object) {
        return object.event(Event.CONNECTION).rule().access() != Access.PUB;
    }

    /** A channel that a client named. @throws Refused with code 400, naming it */
    static @Nullable String channel(@Nullable String named) {
        if (named == null) {
            return null;
        }
        if (named.isEmpty() || named.length() > MAX_CHANNEL || named.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(
                    Code.BAD_REQUEST,
                    "channel must have 1 to " + MAX_CHANNEL + " characters and no control characters, but is '"
                            + named.replaceAll("\\p{Cc}", "?").substring(0, Math.min(named.length(), MAX_CHANNEL))
                            + "'");
        }
        return named;
    }
}
