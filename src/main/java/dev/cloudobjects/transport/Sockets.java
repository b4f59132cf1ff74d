package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.Transport;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.transport.Endpoints.Target;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The kind of socket that is configured, where a request allows it: not over TLS, and not unless the {@link SelfTest} has
 * shown that this server's sockets can be served.
 */
@Part
public class Sockets implements SocketUpgrade {

    private static final String LOOP = "cloudobjects-loop";
    private static final String PATIENCE = "cloudobjects-close-patience";

    /** How long a client may take to answer a close frame. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** How long the container may take to hand a connection over, and a socket to be served. */
    private static final Duration SERVED = Duration.ofSeconds(1);

    private static final SelfTest.Times TIMES = new SelfTest.Times(Duration.ofSeconds(5), SERVED, SERVED);

    /** How often {@link #look} tests in vain before the server is ready without; a second each. */
    private static final int MOST_TESTS = 10;

    private final SocketUpgrade container;
    private final @Nullable Own own;
    private final Endpoints endpoints = Endpoints.ofThisProcess();
    private volatile @Nullable String contextPath;
    private final AtomicInteger tests = new AtomicInteger();

    private record Own(
            LibertySockets sockets,
            Reach reach,
            SelfTest test,
            ClosePatience patience,
            ClosePatience withContainer,
            ServletUpgrade upgrade) {

        static Own of(Conversations conversations, SocketExecutors lanes) throws IOException {
            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            Reach reach = new Reach();
            LibertySockets sockets = new LibertySockets(new EventLoops(LOOP, threads), reach);
            SelfTest test = new SelfTest(reach, sockets, lanes, TIMES);
            ClosePatience patience = new ClosePatience(PATIENCE, CLOSE_PATIENCE);
            ClosePatience withContainer = new ClosePatience(PATIENCE, SERVED);
            Takeover takeover = new Takeover(sockets, lanes, patience);
            ServletUpgrade upgrade = new ServletUpgrade(conversations, takeover, test, withContainer);
            return new Own(sockets, reach, test, patience, withContainer, upgrade);
        }
    }

    @Inject
    Sockets(Settings settings, Conversations conversations, SocketExecutors lanes) throws IOException {
        container = new ContainerUpgrade(conversations, settings);
        own = settings.get(Keys.TRANSPORT) == Transport.SERVLET ? Own.of(conversations, lanes) : null;
    }

    @PreDestroy
    void close() {
        if (own != null) {
            own.withContainer().close();
            own.patience().close();
            own.sockets().close();
        }
    }

    /** The application is served from now on. */
    void servedAt(String path) {
        contextPath = path;
    }

    /** Tests the sockets until it is known how they are; called a few times a second. */
    public void look() {
        String path = contextPath;
        if (own == null || path == null || own.reach().isKnown() || tests.get() >= MOST_TESTS) {
            return;
        }
        List<Target> open = endpoints.open(path);
        if (own.test().start(open) && tests.incrementAndGet() == MOST_TESTS) {
            Log.SOCKETS_UNTESTED.log(open.get(0).address());
        }
    }

    /** Whether it is decided how clients are served; until then the server is not ready. */
    public boolean decided() {
        return own == null || own.reach().isKnown() || tests.get() >= MOST_TESTS || endpoints.open("").isEmpty();
    }

    /** Answers a handshake of the server's own, if it is one. */
    boolean tests(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (own == null || !own.test().asks(request)) {
            return false;
        }
        try {
            ServletUpgrade.switchTo(request, response, own.test()::serve);
        } catch (RuntimeException | IOException e) {
            own.reach().lose(e.toString());
            throw e;
        }
        return true;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Handshake accepted)
            throws IOException {
        kind(request).upgrade(request, response, accepted);
    }

    private SocketUpgrade kind(HttpServletRequest request) {
        if (own == null || own.reach().isLost() || LibertySockets.encrypted(request)) {
            return container;
        }
        if (own.reach().isProven()) {
            return own.upgrade();
        }
        own.test().start(List.of(Target.of(request)));
        return container;
    }
}
