package dev.cloudobjects.handshake;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.Transport;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.liberty.LibertyEndpoints;
import dev.cloudobjects.liberty.LibertySockets;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.SocketListeners;
import dev.cloudobjects.socket.SocketUpgrade;
import dev.cloudobjects.socket.framed.FramedSockets;
import dev.cloudobjects.socket.jakarta.ContainerUpgrade;
import dev.cloudobjects.socket.servlet.SelfTest;
import dev.cloudobjects.socket.servlet.SelfTestTarget;
import dev.cloudobjects.socket.servlet.ServletUpgrade;
import dev.cloudobjects.socket.servlet.SocketAvailability;
import dev.cloudobjects.socket.servlet.UpgradedConnections;
import dev.cloudobjects.time.FixedTimeouts;
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
 * Upgrades accepted handshakes by the configured transport. The transport {@code servlet} is used where a request allows it: not for
 * TLS that the server terminates, and not before the {@link SelfTest} has shown that the sockets of this server can be used.
 */
@UnproxiedSingleton
public class SocketUpgrades implements SocketUpgrade {

    private static final String LOOP = "cloudobjects-loop";
    private static final String TIMEOUTS = "cloudobjects-close-timeout";

    /** How long a client may take to answer a close frame. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** How long the container may take to pass an upgraded connection on, and the self-test to receive its answer. */
    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(1);

    private static final SelfTest.Times TIMES =
            new SelfTest.Times(Duration.ofSeconds(5), UPGRADE_TIMEOUT, UPGRADE_TIMEOUT);

    /** After how many inconclusive self-tests, one a second, the server is ready without the transport {@code servlet}. */
    private static final int MOST_TESTS = 10;

    private final SocketUpgrade container;
    private final @Nullable ServletTransport servlet;
    private final LibertyEndpoints endpoints = LibertyEndpoints.ofThisProcess();
    private volatile @Nullable String contextPath;
    private final AtomicInteger tests = new AtomicInteger();

    /** The parts of the transport {@code servlet}. */
    private record ServletTransport(
            LibertySockets sockets,
            SocketAvailability availability,
            SelfTest test,
            FixedTimeouts closeTimeouts,
            FixedTimeouts upgradeTimeouts,
            ServletUpgrade upgrade) {

        static ServletTransport create(SocketListeners listeners, SocketExecutors executors) throws IOException {
            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            SocketAvailability availability = new SocketAvailability();
            LibertySockets sockets = new LibertySockets(new EventLoops(LOOP, threads), availability);
            SelfTest test = new SelfTest(availability, sockets, executors, TIMES);
            FixedTimeouts closeTimeouts = new FixedTimeouts(TIMEOUTS, CLOSE_TIMEOUT);
            FixedTimeouts upgradeTimeouts = new FixedTimeouts(TIMEOUTS, UPGRADE_TIMEOUT);
            UpgradedConnections connections = new UpgradedConnections(sockets, new FramedSockets(executors, closeTimeouts));
            ServletUpgrade upgrade = new ServletUpgrade(listeners, connections, test, upgradeTimeouts);
            return new ServletTransport(sockets, availability, test, closeTimeouts, upgradeTimeouts, upgrade);
        }

        void close() {
            upgradeTimeouts.close();
            closeTimeouts.close();
            sockets.close();
        }
    }

    @Inject
    SocketUpgrades(Settings settings, SocketListeners listeners, SocketExecutors executors) throws IOException {
        container = new ContainerUpgrade(listeners, settings);
        servlet = settings.get(Keys.TRANSPORT) == Transport.SERVLET ? ServletTransport.create(listeners, executors) : null;
    }

    @PreDestroy
    void close() {
        if (servlet != null) {
            servlet.close();
        }
    }

    /** The application is deployed and answers requests. */
    void servedAt(String path) {
        contextPath = path;
    }

    /** Starts a self-test, unless the result is known; called a few times a second. */
    public void look() {
        String path = contextPath;
        if (servlet == null || path == null || servlet.availability().isKnown() || tests.get() >= MOST_TESTS) {
            return;
        }
        List<SelfTestTarget> open = endpoints.open(path);
        if (servlet.test().start(open) && tests.incrementAndGet() == MOST_TESTS) {
            Log.SOCKETS_UNTESTED.log(open.get(0).address());
        }
    }

    /** Whether it is decided which transport serves clients; until then the server is not ready. */
    public boolean decided() {
        return servlet == null
                || servlet.availability().isKnown()
                || tests.get() >= MOST_TESTS
                || endpoints.open("").isEmpty();
    }

    /** Answers the handshake of the self-test. @return false for any other handshake, which is not answered */
    boolean answerSelfTest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (servlet == null || !servlet.test().isOwn(request)) {
            return false;
        }
        try {
            ServletUpgrade.switchTo(request, response, servlet.test()::serve);
        } catch (RuntimeException | IOException e) {
            servlet.availability().markUnavailable(e.toString());
            throw e;
        }
        return true;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, AcceptedHandshake accepted)
            throws IOException {
        transport(request).upgrade(request, response, accepted);
    }

    private SocketUpgrade transport(HttpServletRequest request) {
        if (servlet == null || servlet.availability().isUnavailable() || LibertySockets.encrypted(request)) {
            return container;
        }
        if (servlet.availability().isAvailable()) {
            return servlet.upgrade();
        }
        servlet.test().start(List.of(SelfTestTarget.of(request)));
        return container;
    }
}
