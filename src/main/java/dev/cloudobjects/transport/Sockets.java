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
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The kind of socket that is configured, where a request allows it. */
@Part
class Sockets implements SocketUpgrade {

    private static final String LOOP = "cloudobjects-loop";
    private static final String PATIENCE = "cloudobjects-close-patience";

    /** How long a client may take to answer a close frame. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final SocketUpgrade container;
    private final @Nullable Own own;

    private record Own(LibertySockets sockets, ClosePatience patience, ServletUpgrade upgrade) {}

    @Inject
    Sockets(Settings settings, Conversations conversations, Lanes lanes) throws IOException {
        container = new ContainerUpgrade(conversations, settings);
        if (settings.get(Keys.TRANSPORT) == Transport.SERVLET) {
            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            LibertySockets sockets = new LibertySockets(new EventLoops(LOOP, threads));
            ClosePatience patience = new ClosePatience(PATIENCE, CLOSE_PATIENCE);
            Takeover takeover = new Takeover(sockets, lanes, patience);
            own = new Own(sockets, patience, new ServletUpgrade(conversations, takeover));
        } else {
            own = null;
        }
    }

    @PreDestroy
    void close() {
        if (own != null) {
            own.patience().close();
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
