package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An upgraded connection whose client says what a test has it say. It keeps what is flushed. */
class FakeWebConnection implements WebConnection {

    private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
    final ByteArrayOutputStream flushed = new ByteArrayOutputStream();
    private byte[] coming = {};
    private int at;
    @Nullable ReadListener listener;

    /** What a flush fails with. */
    @Nullable IOException failure;

    int closed;

    final ServletInputStream input = new ServletInputStream() {
        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return at < coming.length;
        }

        @Override
        public void setReadListener(ReadListener reader) {
            listener = reader;
        }

        @Override
        public int read() {
            throw new IllegalStateException("it is to be read in chunks");
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int read = Math.min(most, coming.length - at);
            System.arraycopy(coming, at, into, from, read);
            at += read;
            return read;
        }
    };

    private final ServletOutputStream output = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener writer) {
            throw new IllegalStateException("it is to be written to by threads that wait");
        }

        @Override
        public void write(int b) {
            assertTrue(Thread.holdsLock(this), "the container closes it under this monitor");
            unflushed.write(b);
        }

        @Override
        public void flush() throws IOException {
            assertTrue(Thread.holdsLock(this));
            if (failure != null) {
                throw failure;
            }
            unflushed.writeTo(flushed);
            unflushed.reset();
        }
    };

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public void close() {
        closed++;
    }

    /** The client says all this at once. */
    void say(byte[]... pieces) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        coming = all.toByteArray();
        at = 0;
        if (listener != null) {
            listener.onDataAvailable();
        }
    }
}
