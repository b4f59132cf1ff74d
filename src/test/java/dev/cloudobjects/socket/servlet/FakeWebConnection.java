package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.http.WrittenStream;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;

/** A connection that a container has upgraded, and has no more to do with. */
public class FakeWebConnection implements WebConnection {

    int closed;

    /** What was written by the means of the standard. */
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public ServletInputStream getInputStream() {
        throw new IllegalStateException("the container has no more to do with it");
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new WrittenStream(written);
    }

    @Override
    public void close() {
        closed++;
    }
}
