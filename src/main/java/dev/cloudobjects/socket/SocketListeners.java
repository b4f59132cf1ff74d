package dev.cloudobjects.socket;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.Wire;
import jakarta.inject.Inject;

/** Makes the listeners of accepted handshakes. A listener is no CDI bean, because a bean for each connection would have to be destroyed. */
@Part
public class SocketListeners {

    private final Connections connections;
    private final Gateway gateway;
    private final SocketListener.Limits limits;

    @Inject
    public SocketListeners(Connections connections, Gateway gateway, Settings settings) {
        this.connections = connections;
        this.gateway = gateway;
        this.limits = SocketListener.Limits.of(settings);
    }

    /** Opens the connection of a socket. */
    public SocketListener open(AcceptedHandshake handshake, Wire socket) {
        return new SocketListener(handshake, connections, gateway, limits, socket);
    }

    /** The largest frame of WebSocket that a connection accepts, in bytes. */
    public int frameBytes(AcceptedHandshake handshake) {
        return limits.frameBytes(handshake);
    }
}
