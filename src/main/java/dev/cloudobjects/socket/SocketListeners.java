package dev.cloudobjects.socket;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.session.Attachments;
import dev.cloudobjects.time.NanoClock;
import jakarta.inject.Inject;

/** Makes the listeners of accepted handshakes. A listener is no CDI bean, because a bean for each connection would have to be destroyed. */
@UnproxiedSingleton
public class SocketListeners {

    private final SocketListener.Shared shared;

    @Inject
    public SocketListeners(Links links, Attachments attachments, Gateway gateway, Settings settings, NanoClock clock) {
        this.shared = new SocketListener.Shared(links, attachments, gateway, SocketListener.Limits.of(settings), clock);
    }

    /** Opens the connection of a socket. */
    public SocketListener open(AcceptedHandshake handshake, Wire socket) {
        return new SocketListener(handshake, shared, socket);
    }

    /** The largest frame of WebSocket that a connection accepts, in bytes. */
    public int frameBytes(AcceptedHandshake handshake) {
        return shared.limits().frameBytes(handshake);
    }
}
