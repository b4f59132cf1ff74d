package dev.cloudobjects.manage;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CallConnection;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which object is meant when none is named: the one that was given, else that of the call in progress.
 *
 * @param current the call in progress
 * @param given the path of an object; {@code null} for that of the call
 * @param known whether there is an object at a path
 */
record Addressing(CurrentCall current, @Nullable String given, Predicate<String> known) {

    /** The same, preset to another object. @throws IllegalArgumentException when there is no object at the path */
    Addressing at(String path) {
        return new Addressing(current, checked(path), known);
    }

    private Collection<String> paths(Target target) {
        if (target.paths() != null) {
            target.paths().forEach(this::checked);
            return target.paths();
        }
        return target.cids() != null ? List.of() : List.of(path());
    }

    private String checked(String path) {
        if (!known.test(path)) {
            throw new IllegalArgumentException("there is no cloud object at '" + path + "'");
        }
        return path;
    }

    /** A place with the path of its object. @throws IllegalArgumentException when there is no such object */
    Place place(Place place) {
        return place.at(place.path() == null ? path() : checked(place.path()));
    }

    /** The current object. @throws IllegalStateException when there is none */
    String path() {
        if (given != null) {
            return given;
        }
        return call().map(call -> call.object().path())
                .orElseThrow(() -> new IllegalStateException(
                        "no cloud object is current here: name one with WebSocketManage.on(path) or Target.path(path)"));
    }

    /** The call in progress. */
    Optional<Call> call() {
        return current.call();
    }

    /**
     * The connection that the call in progress came through.
     *
     * @param needed what needs it, for the message
     * @throws IllegalStateException when the call came otherwise, or none is in progress
     */
    CallConnection connection(String needed) {
        return call().map(Call::connection)
                .orElseThrow(() -> new IllegalStateException(
                        needed + " speaks of the connection that the call in progress came through, and there is none: "
                                + "it came over HTTP, or from server code"));
    }

    /** Who sends: the call in progress, or the server by itself. */
    Sender sender() {
        return call().map(call -> new Sender(
                        call.source(),
                        call.object().path(),
                        call.method().name(),
                        call.cid(),
                        call.caller().uid()))
                .orElse(Sender.SERVER);
    }

    /**
     * A target with the objects that it speaks of, and with the sender's cid where the sender is left out. The target is
     * checked first, so that one that names nobody is reported before a missing object.
     *
     * @throws dev.cloudobjects.api.CloudObjectException as {@link Target#checked} says
     * @throws IllegalStateException when it needs an object or a sender, and there is none
     * @throws IllegalArgumentException when it names an object that there is not
     */
    Scope scope(Target target) {
        Target checked = target.checked();
        Target known = checked.isExceptSender()
                ? checked.narrow().except(connection("exceptSender()").cid())
                : checked;
        return new Scope(known, paths(known));
    }
}
