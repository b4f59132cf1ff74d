package dev.cloudobjects.socket;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.Wire;
import jakarta.inject.Inject;

/** Opens the conversations of accepted handshakes. They are no beans: a bean of each connection would have to be destroyed. */
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

    /** A socket opened. */
    public SocketListener open(AcceptedHandshake handshake, Wire socket) {
        return new SocketListener(handshake, connections, gateway, limits, socket);
    }

    /** The largest frame of WebSocket that a connection takes. */
    public int frameBytes(AcceptedHandshake handshake) {
        return limits.frameBytes(handshake);
    }
}
