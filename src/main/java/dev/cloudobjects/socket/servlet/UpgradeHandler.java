package dev.cloudobjects.socket.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the servlet container makes for an upgraded connection. It hands it over to whom it is told, and that is all. */
public final class UpgradeHandler implements HttpUpgradeHandler {

    private @Nullable Consumer<WebConnection> then;

    /** Who takes it. Said ahead of {@link #init}. */
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
        // Whoever took the connection has its socket, and hears of the end from that.
    }
}
