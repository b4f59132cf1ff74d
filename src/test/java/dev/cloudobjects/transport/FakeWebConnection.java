package dev.cloudobjects.transport;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;

/** A connection that a container has upgraded, and has no more to do with. */
class FakeWebConnection implements WebConnection {

    int closed;

    @Override
    public ServletInputStream getInputStream() {
        throw new IllegalStateException("the container has no more to do with it");
    }

    @Override
    public ServletOutputStream getOutputStream() {
        throw new IllegalStateException("the container has no more to do with it");
    }

    @Override
    public void close() {
        closed++;
    }
}
