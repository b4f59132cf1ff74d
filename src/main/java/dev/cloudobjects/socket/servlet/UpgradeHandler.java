package dev.cloudobjects.socket.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives an upgraded connection from the servlet container, and passes it on. */
public final class UpgradeHandler implements HttpUpgradeHandler {

    private @Nullable Consumer<WebConnection> then;

    /** Sets the receiver of the connection. Called before {@link #init}. */
    void then(Consumer<WebConnection> takes) {
        this.then = takes;
    }

    @Override
    public void init(WebConnection connection) {
        Consumer<WebConnection> takes = then;
        if (takes == null) {
            throw new IllegalStateException("upgraded without a handshake");
        }
        then = null;
        takes.accept(connection);
    }

    @Override
    public void destroy() {
        // The receiver has the socket, which tells it of the end.
    }
}
