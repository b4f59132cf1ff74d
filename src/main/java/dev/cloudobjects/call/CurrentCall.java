package dev.cloudobjects.call;

import dev.cloudobjects.api.Source;
import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What is in progress in this request context: calls of cloud objects, one inside the other, and stretches in which
 * server code acts for itself. Used by one thread at a time, like the context itself.
 */
@RequestScoped
public class CurrentCall {

    private final Deque<Frame> frames = new ArrayDeque<>();

    /** The innermost frame. */
    public Optional<Frame> frame() {
        return Optional.ofNullable(frames.peek());
    }

    /** The innermost call. */
    public Optional<Call> call() {
        for (Frame frame : frames) {
            if (frame instanceof InCall in) {
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
        frames.push(frame);
    }

    /** Leaves the innermost frame. */
    public void leave() {
        frames.pop();
    }

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
