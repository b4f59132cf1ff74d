package dev.cloudobjects.transport;

import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Wire;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection over the upgrade of the servlet container, with frames of our own: the container hands over
 * bytes and knows nothing of WebSocket. {@link UpgradedReader} reads them, and {@link UpgradedWire} writes.
 */
public final class UpgradedSocket implements HttpUpgradeHandler {

    private @Nullable Start start;
    private volatile @Nullable UpgradedReader reader;

    /**
     * What the handshake decided.
     *
     * @param frameBytes the largest frame
     * @param conversations opens the conversation on the socket
     * @param lanes the threads that write
     * @param closePatience how long a client may take to answer a close frame
     */
    record Start(
            int frameBytes, Function<Wire, Conversation> conversations, Lanes lanes, Duration closePatience) {}

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
        try {
            ServletInputStream input = connection.getInputStream();
            UpgradedWire wire = new UpgradedWire(connection, accepted.lanes(), accepted.closePatience());
            Conversation conversation = accepted.conversations().apply(wire);
            UpgradedReader opened = new UpgradedReader(input, accepted.frameBytes(), conversation, wire);
            reader = opened;
            conversation.begin();
            input.setReadListener(opened);
        } catch (IOException e) {
            // The client has gone again, before there was anything to end.
        }
    }

    @Override
    public void destroy() {
        UpgradedReader opened = reader;
        if (opened != null) {
            opened.onAllDataRead();
        }
    }
}
