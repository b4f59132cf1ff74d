package dev.cloudobjects.socket.framed;

import dev.cloudobjects.loop.ByteSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A socket whose client says what a test has it say. It keeps what is written. */
public class FakeByteSocket implements ByteSocket {

    public final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    public @Nullable Reader reader;

    /** What a write fails with. */
    public @Nullable IOException failure;

    /** The client reads nothing, until {@link #drain}. */
    public boolean full;

    public int closed;

    /** For how long it is not to be read from. */
    public long paused;

    private boolean sealed;

    @Override
    public void start(Reader listener) {
        reader = listener;
    }

    @Override
    public void write(Done done, ByteBuffer... bytes) {
        if (sealed) {
            done.ended(new IOException("behind the last"));
        } else if (full) {
            waiting.add(() -> writeNow(done, bytes));
        } else {
            writeNow(done, bytes);
        }
    }

    @Override
    public void writeLast(Done done, ByteBuffer... bytes) {
        write(done, bytes);
        sealed = true;
    }

    private void writeNow(Done done, ByteBuffer... bytes) {
        IOException now = closed > 0 ? new IOException("closed") : failure;
        if (now == null) {
            for (ByteBuffer piece : bytes) {
                written.write(piece.array(), piece.position(), piece.remaining());
            }
        }
        done.ended(now);
    }

    /** The client reads again. */
    public void drain() {
        full = false;
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Override
    public void close() {
        closed++;
    }

    /** The client says all this at once. */
    public void say(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        if (reader != null) {
            paused = reader.read(all.toByteArray(), all.size());
        }
    }
}
