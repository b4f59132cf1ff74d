package dev.cloudobjects.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A body whose bytes come when a test says so, to a listener. */
public final class FakeStream extends ServletInputStream {

    private final Deque<byte[]> ready = new ArrayDeque<>();
    private boolean finished;
    private @Nullable ReadListener listener;

    /** Whether anybody waits for the body. */
    public boolean isHeard() {
        return listener != null;
    }

    /** Bytes come. */
    public void comes(String text) throws IOException {
        ready.add(text.getBytes(StandardCharsets.UTF_8));
        heard().onDataAvailable();
    }

    /** That was all. */
    public void ends() throws IOException {
        finished = true;
        heard().onAllDataRead();
    }

    public void fails(Throwable failure) {
        heard().onError(failure);
    }

    private ReadListener heard() {
        if (listener == null) {
            throw new AssertionError("nobody waits for the body");
        }
        return listener;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int from, int length) {
        byte[] next = ready.remove();
        int count = Math.min(length, next.length);
        System.arraycopy(next, 0, into, from, count);
        if (count < next.length) {
            ready.addFirst(Arrays.copyOfRange(next, count, next.length));
        }
        return count;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean isReady() {
        return !ready.isEmpty();
    }

    @Override
    public void setReadListener(ReadListener hears) {
        listener = hears;
    }
}
