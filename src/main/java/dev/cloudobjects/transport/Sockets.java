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
    private final @Nullable ServletUpgrade servlet;
    private final @Nullable LibertySockets reach;

    @Inject
    Sockets(Settings settings, Conversations conversations, Lanes lanes) throws IOException {
        container = new ContainerUpgrade(conversations, settings);
        if (settings.get(Keys.TRANSPORT) == Transport.SERVLET) {
            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            reach = new LibertySockets(new EventLoops(LOOP, threads));
            servlet = new ServletUpgrade(conversations, reach, lanes);
        } else {
            reach = null;
            servlet = null;
        }
    }

    @PreDestroy
    void close() {
        if (reach != null) {
            reach.close();
        }
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Handshake accepted)
            throws IOException {
        SocketUpgrade kind = servlet != null && reach != null && reach.reaches(request) ? servlet : container;
        kind.upgrade(request, response, accepted);
    }
}
