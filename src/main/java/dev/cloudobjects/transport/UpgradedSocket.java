package dev.cloudobjects.transport;

import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Wire;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection over the upgrade of the servlet container, with frames of our own, on the socket itself: the
 * container has no more to do with it. {@link UpgradedReader} reads, and {@link UpgradedWire} writes.
 */
public final class UpgradedSocket implements HttpUpgradeHandler {

    private @Nullable Start start;
    private volatile @Nullable UpgradedReader reader;

    /**
     * What the handshake decided.
     *
     * @param sockets where the socket is had from
     * @param frameBytes the largest frame
     * @param conversations opens the conversation on the socket
     * @param lanes the threads that may wait
     * @param closePatience how long a client may take to answer a close frame
     */
    record Start(
            SocketAccess sockets,
            int frameBytes,
            Function<Wire, Conversation> conversations,
            Lanes lanes,
            Duration closePatience) {}

    /** The container makes it, and it is told this ahead of {@link #init}. */
    void start(Start accepted) {
        this.start = accepted;
    }

    @Override
    public void init(WebConnection connection) {
        Start accepted = start;
        if (accepted == null) {
            throw new IllegalStateException("upgraded without a handshake");
        }
        start = null;
        ByteSocket socket;
        try {
            socket = accepted.sockets().take(connection);
        } catch (IOException e) {
            // The client has gone again, or has to come again for a socket of the other kind.
            close(connection);
            return;
        }
        UpgradedWire wire = new UpgradedWire(socket, accepted.lanes(), accepted.closePatience());
        Conversation conversation = accepted.conversations().apply(wire);
        UpgradedReader opened = new UpgradedReader(accepted.frameBytes(), conversation, wire);
        reader = opened;
        conversation.begin();
        socket.start(opened);
    }

    private static void close(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            // It is closed already, which is what was wanted.
        }
    }

    @Override
    public void destroy() {
        UpgradedReader opened = reader;
        if (opened != null) {
            opened.ended(null);
        }
    }
}
