package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.socket.SocketListeners;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.SocketUpgrade;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The upgrade of the servlet container, and WebSocket (RFC 6455) by a {@link UpgradedConnections} on top of it. */
public final class ServletUpgrade implements SocketUpgrade {

    /** Says that this server speaks WebSocket; RFC 6455, 1.3. */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final SocketListeners conversations;
    private final UpgradedConnections takeover;
    private final SelfTest test;
    private final Timeouts patience;

    /**
     * An upgrade.
     *
     * @param test begins where a client has not been served
     * @param patience with the container, which may take some time to hand a connection over
     */
    public ServletUpgrade(SocketListeners conversations, UpgradedConnections takeover, SelfTest test, Timeouts patience) {
        this.conversations = conversations;
        this.takeover = takeover;
        this.test = test;
        this.patience = patience;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, AcceptedHandshake accepted)
            throws IOException {
        List<SelfTestTarget> target = List.of(SelfTestTarget.of(request));
        Runnable unserved = () -> test.start(target);
        accepted.subprotocol().ifPresent(name -> response.setHeader("Sec-WebSocket-Protocol", name));
        patience.begin(unserved);
        switchTo(request, response, connection -> {
            patience.end(unserved);
            if (!takeover.begin(
                    connection,
                    conversations.frameBytes(accepted),
                    wire -> conversations.open(accepted, wire))) {
                unserved.run();
            }
        });
    }

    /** Answers with 101. @param takes the connection, which is the container's no longer */
    public static void switchTo(HttpServletRequest request, HttpServletResponse response, Consumer<WebConnection> takes)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", answer(key(request)));
        try {
            request.upgrade(UpgradeHandler.class).then(takes);
        } catch (ServletException e) {
            throw new IllegalStateException("the upgrade of the connection failed", e);
        }
    }

    /** The key of a handshake that was accepted, so it is there once. */
    private static String key(HttpServletRequest request) {
        return Objects.requireNonNull(request.getHeader("Sec-WebSocket-Key")).strip();
    }

    /** What a client compares to know that it was understood. SHA-1 proves nothing here, and need not. */
    static String answer(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
