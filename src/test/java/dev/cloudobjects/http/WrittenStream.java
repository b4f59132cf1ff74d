package dev.cloudobjects.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;

/** The stream of a container that keeps what is written, and is always ready for more. */
public final class WrittenStream extends ServletOutputStream {

    private final ByteArrayOutputStream written;

    public WrittenStream(ByteArrayOutputStream written) {
        this.written = written;
    }

    @Override
    public void write(int next) {
        written.write(next);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
    }
}
