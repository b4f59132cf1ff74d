package dev.cloudobjects.session;

import dev.cloudobjects.api.Target;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
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

    /**
     * The objects that a target speaks of.
     *
     * @throws IllegalStateException when it names none, and none is current
     * @throws IllegalArgumentException when it names one that there is not
     */
    Collection<String> paths(Target target) {
        if (target.urls() != null) {
            target.urls().forEach(this::checked);
            return target.urls();
        }
        return target.cids() != null ? List.of() : List.of(path());
    }

    private String checked(String path) {
        if (!known.test(path)) {
            throw new IllegalArgumentException("there is no cloud object at '" + path + "'");
        }
        return path;
    }

    /** The current object. @throws IllegalStateException when there is none */
    String path() {
        if (given != null) {
            return given;
        }
        return call().map(call -> call.object().path())
                .orElseThrow(() -> new IllegalStateException(
                        "no cloud object is current here: name one with WebSocketManage.on(path) or Target.url(path)"));
    }

    /** The call in progress. */
    Optional<Call> call() {
        return current.call();
    }

    /** The connection that the call in progress came through. @throws IllegalStateException when it came otherwise */
    String cid() {
        return call().map(Call::cid).orElseThrow(() -> new IllegalStateException(
                "the call in progress did not come through a connection: say whom with join(to -> …, groups)"));
    }
}
