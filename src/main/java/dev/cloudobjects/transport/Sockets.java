package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.Transport;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.session.Lanes;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The kind of socket that is configured, where a request allows it. */
@Part
class Sockets implements SocketUpgrade {

    private static final String LOOP = "cloudobjects-loop";

    private final SocketUpgrade container;
    private final @Nullable Own own;

    private record Own(LibertySockets sockets, ServletUpgrade upgrade) {}

    @Inject
    Sockets(Settings settings, Conversations conversations, Lanes lanes) throws IOException {
        container = new ContainerUpgrade(conversations, settings);
        if (settings.get(Keys.TRANSPORT) == Transport.SERVLET) {
            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            LibertySockets sockets = new LibertySockets(new EventLoops(LOOP, threads));
            own = new Own(sockets, new ServletUpgrade(conversations, sockets, lanes));
        } else {
            own = null;
        }
    }

    @PreDestroy
    void close() {
        if (own != null) {
            own.sockets().close();
        }
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Handshake accepted)
            throws IOException {
        SocketUpgrade kind = own != null && own.sockets().reaches(request) ? own.upgrade() : container;
        kind.upgrade(request, response, accepted);
    }
}
