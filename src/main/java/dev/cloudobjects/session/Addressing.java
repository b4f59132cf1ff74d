package dev.cloudobjects.session;

import dev.cloudobjects.api.Target;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which object is meant when none is named: the one that was given, else that of the call in progress.
 *
 * @param current the call in progress
 * @param given the path of an object; {@code null} for that of the call
 */
record Addressing(CurrentCall current, @Nullable String given) {

    /** The objects that a target speaks of. @throws IllegalStateException when it names none, and none is current */
    Collection<String> paths(Target target) {
        if (target.urls() != null) {
            return target.urls();
        }
        return target.cids() != null ? List.of() : List.of(path());
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
