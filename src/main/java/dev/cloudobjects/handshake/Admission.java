package dev.cloudobjects.handshake;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.http.Refused;
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

/** Decides whether a client may connect to an object. A ticket and a handshake are decided in the same way. */
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

    /** The object of a path. @throws Refused with code 404 when no object there accepts connections, 503 while the server stops */
    ObjectModel object(String path) {
        if (!connections.isAccepting()) {
            throw new Refused(Code.UNAVAILABLE, "the server is stopping: try again");
        }
        return objects.find(path)
                .filter(ObjectModel::takesConnections)
                .orElseThrow(() -> new Refused(Code.NOT_FOUND, "there is no cloud object here that takes connections"));
    }

    /** Checks a caller by the built-in filter. The whole filter chain runs later, with the connection event. @throws Refused */
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

    /** Whether a connection to the object ends with its login. */
    static boolean needsLogin(ObjectModel object) {
        return object.event(Event.CONNECTION).rule().access() != Access.PUB;
    }

    /** Checks the channel that a client named. @throws Refused with code 400, with the name in its message */
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
