package dev.cloudobjects.socket.jakarta;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.SocketListeners;
import dev.cloudobjects.socket.SocketUpgrade;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Upgrades a handshake by the container, which speaks WebSocket and calls a {@link CloudObjectEndpoint}. */
public final class ContainerUpgrade implements SocketUpgrade {

    private final SocketListeners listeners;
    private final long idleMillis;
    private final long writeMillis;

    public ContainerUpgrade(SocketListeners listeners, Settings settings) {
        this.listeners = listeners;
        Duration silence = settings.get(Keys.PING_INTERVAL).plus(settings.get(Keys.PING_TIMEOUT));
        this.idleMillis = silence.multipliedBy(2).toMillis();
        this.writeMillis = settings.get(Keys.WRITE_TIMEOUT).toMillis();
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, AcceptedHandshake accepted)
            throws IOException {
        ServerContainer container =
                (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
        try {
            container.upgradeHttpToWebSocket(new SessionlessRequest(request), response, config(accepted), Map.of());
        } catch (DeploymentException e) {
            throw new IllegalStateException("the upgrade to WebSocket failed", e);
        }
    }

    private ServerEndpointConfig config(AcceptedHandshake accepted) {
        return ServerEndpointConfig.Builder.create(CloudObjectEndpoint.class, "/unused")
                .subprotocols(accepted.subprotocol().map(List::of).orElse(List.of()))
                .configurator(new EndpointConfigurator(() -> endpoint(accepted)))
                .build();
    }

    private CloudObjectEndpoint endpoint(AcceptedHandshake accepted) {
        return new CloudObjectEndpoint(
                socket -> listeners.open(accepted, socket),
                new CloudObjectEndpoint.Limits(listeners.frameBytes(accepted), idleMillis, writeMillis));
    }
}
