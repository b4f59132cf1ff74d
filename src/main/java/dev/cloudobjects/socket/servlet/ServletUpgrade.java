package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.framing.AcceptKey;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.SocketListeners;
import dev.cloudobjects.socket.SocketUpgrade;
import dev.cloudobjects.time.Timeouts;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Upgrades a handshake by the servlet container, and serves it by {@link UpgradedConnections}. */
public final class ServletUpgrade implements SocketUpgrade {

    private final SocketListeners listeners;
    private final UpgradedConnections connections;
    private final SelfTest test;
    private final Timeouts timeouts;

    /**
     * An upgrade.
     *
     * @param test starts when a client was not served
     * @param timeouts how long the container may take to pass the connection on
     */
    public ServletUpgrade(SocketListeners listeners, UpgradedConnections connections, SelfTest test, Timeouts timeouts) {
        this.listeners = listeners;
        this.connections = connections;
        this.test = test;
        this.timeouts = timeouts;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, AcceptedHandshake accepted)
            throws IOException {
        List<SelfTestTarget> target = List.of(SelfTestTarget.of(request));
        Runnable unserved = () -> test.start(target);
        accepted.subprotocol().ifPresent(name -> response.setHeader("Sec-WebSocket-Protocol", name));
        timeouts.start(unserved);
        switchTo(request, response, connection -> {
            timeouts.cancel(unserved);
            if (!connections.serve(
                    connection,
                    listeners.frameBytes(accepted),
                    wire -> listeners.open(accepted, wire))) {
                unserved.run();
            }
        });
    }

    /** Answers with 101. @param takes receives the upgraded connection */
    public static void switchTo(HttpServletRequest request, HttpServletResponse response, Consumer<WebConnection> takes)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", AcceptKey.of(key(request)));
        try {
            request.upgrade(UpgradeHandler.class).then(takes);
        } catch (ServletException e) {
            throw new IllegalStateException("the upgrade of the connection failed", e);
        }
    }

    /** The key of a handshake that was accepted, so it is there once. */
    private static String key(HttpServletRequest request) {
        return Objects.requireNonNull(request.getHeader("Sec-WebSocket-Key")).strip();
    }
}
