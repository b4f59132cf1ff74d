package dev.cloudobjects.call;

import dev.cloudobjects.api.Source;
import dev.cloudobjects.config.UnproxiedSingleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frames in progress on this thread, one inside the other: calls of cloud objects, and server code that acts with the rights
 * of the server.
 *
 * <p>They are kept in a {@code ThreadLocal} and not in a request-scoped bean, which the container would make, look up through
 * a proxy and destroy for each message.
 */
@UnproxiedSingleton
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

    /** The source of the innermost frame. @throws IllegalStateException when there is none */
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
            // A thread of the container outlives the application, and must keep nothing of it.
            innermost.remove();
        } else {
            innermost.set(left.outer());
        }
    }

    /** A frame and the one around it. */
    private record Nested(Frame frame, @Nullable Nested outer) {}

    /** Why code runs. */
    public sealed interface Frame {
        /** What {@code ClientInfo.source()} says within the frame. */
        Source source();
    }

    /** A cloud object was called. */
    public record InCall(Call call) implements Frame {
        @Override
        public Source source() {
            return call.source();
        }
    }

    /** Server code acts with the rights of the server. */
    public record AsServer(Source source) implements Frame {}
}
