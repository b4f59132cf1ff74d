package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.Transport;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.session.Lanes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The kind of socket that is configured. */
@Part
class Sockets implements SocketUpgrade {

    private final SocketUpgrade chosen;

    @Inject
    Sockets(Settings settings, Conversations conversations, Lanes lanes) {
        boolean servlet = settings.get(Keys.TRANSPORT) == Transport.SERVLET;
        if (servlet && !lanes.mayWait()) {
            Log.TRANSPORT_NEEDS_NEWER_JDK.log(Keys.TRANSPORT.name(), Lanes.WAITING_JDK);
        }
        this.chosen = servlet && lanes.mayWait()
                ? new ServletUpgrade(conversations, lanes)
                : new ContainerUpgrade(conversations, settings);
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Handshake accepted)
            throws IOException {
        chosen.upgrade(request, response, accepted);
    }
}
