package dev.cloudobjects.link;

import dev.cloudobjects.protocol.Encoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A socket that writes down what it is told to do: messages as their text, {@code ping}, and {@code close 1000 why}. */
public final class FakeWire implements Wire {

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Deque<Done> unanswered = new ArrayDeque<>();
    private boolean encrypting;
    private boolean held;
    private @Nullable RuntimeException failure;

    /** From now on writes end only by {@link #answer}. */
    public FakeWire hold() {
        held = true;
        return this;
    }

    /** Says that it encrypts. */
    public FakeWire encrypting() {
        encrypting = true;
        return this;
    }

    @Override
    public boolean encrypts() {
        return encrypting;
    }

    public void failWith(@Nullable RuntimeException thrown) {
        failure = thrown;
    }

    @Override
    public void send(Encoded message, Done done) {
        if (failure != null) {
            throw failure;
        }
        log.add(new String(message.toBytes(), StandardCharsets.UTF_8));
        if (held) {
            unanswered.add(done);
        } else {
            done.ended(null);
        }
    }

    @Override
    public void ping() {
        if (failure != null) {
            throw failure;
        }
        log.add("ping");
    }

    @Override
    public void close(int code, String reason) {
        log.add("close " + code + " " + reason);
    }

    /** Ends the oldest write that has not ended; what is given is the callback, to be called again. */
    public Done answer(@Nullable Throwable why) {
        Done done = unanswered.remove();
        done.ended(why);
        return done;
    }

    /** Whether a write has not ended. */
    public boolean isUnanswered() {
        return !unanswered.isEmpty();
    }

    public List<String> log() {
        return log;
    }

    /** What was sent, without the closes. */
    public List<String> sent() {
        return log.stream().filter(entry -> !entry.startsWith("close ")).toList();
    }

    public List<String> closes() {
        return log.stream().filter(entry -> entry.startsWith("close ")).toList();
    }
}
