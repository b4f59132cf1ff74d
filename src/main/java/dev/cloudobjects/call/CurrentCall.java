package dev.cloudobjects.call;

import dev.cloudobjects.api.Source;
import dev.cloudobjects.config.Part;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in progress on this thread: calls of cloud objects, one inside the other, and stretches in which server code
 * acts for itself.
 *
 * <p>It is kept by thread and not in a bean of the request, which would be made, found through a proxy and destroyed for
 * each message. A request context has one thread at a time as well.
 */
@Part
public class CurrentCall {

    private final ThreadLocal<@Nullable Nested> innermost = new ThreadLocal<>();

    /** The innermost frame. */
    public Optional<Frame> frame() {
        return Optional.ofNullable(innermost.get()).map(Nested::frame);
    }

    /** The innermost call. */
    public Optional<Call> call() {
        for (Nested at = innermost.get(); at != null; at = at.outer()) {
            if (at.frame() instanceof InCall in) {
                return Optional.of(in.call());
            }
        }
        return Optional.empty();
    }

    /** The innermost call. @throws IllegalStateException when there is none */
    public Call required() {
        return call().orElseThrow(() -> new IllegalStateException(
                "no call of a cloud object is in progress on this thread"));
    }

    /** Through what the innermost frame came. @throws IllegalStateException when there is none */
    public Source source() {
        return frame().orElseGet(() -> new InCall(required())).source();
    }

    /** Enters a frame; {@link #leave} must follow. */
    public void enter(Frame frame) {
        innermost.set(new Nested(frame, innermost.get()));
    }

    /** Leaves the innermost frame. */
    public void leave() {
        Nested left = innermost.get();
        if (left == null || left.outer() == null) {
            // Threads of the container outlive the application: nothing of it stays with them.
            innermost.remove();
        } else {
            innermost.set(left.outer());
        }
    }

    /** A frame and what it is inside of. */
    private record Nested(Frame frame, @Nullable Nested outer) {}

    /** Why code runs. */
    public sealed interface Frame {
        /** Through what it came. */
        Source source();
    }

    /** A cloud object was called. */
    public record InCall(Call call) implements Frame {
        @Override
        public Source source() {
            return call.source();
        }
    }

    /** Server code acts for itself, with the rights of the server. */
    public record AsServer(Source source) implements Frame {}
}
