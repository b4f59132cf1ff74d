package dev.cloudobjects.transport;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The upgrade of the servlet container, and WebSocket (RFC 6455) by a {@link Takeover} on top of it. */
final class ServletUpgrade implements SocketUpgrade {

    /** Says that this server speaks WebSocket; RFC 6455, 1.3. */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Conversations conversations;
    private final Takeover takeover;

    ServletUpgrade(Conversations conversations, Takeover takeover) {
        this.conversations = conversations;
        this.takeover = takeover;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Handshake accepted)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", answer(request.getHeader("Sec-WebSocket-Key")));
        accepted.subprotocol().ifPresent(name -> response.setHeader("Sec-WebSocket-Protocol", name));
        try {
            request.upgrade(UpgradedSocket.class)
                    .then(connection -> takeover.begin(
                            connection,
                            conversations.frameBytes(accepted),
                            wire -> conversations.open(accepted, wire)));
        } catch (ServletException e) {
            throw new IllegalStateException("the upgrade of the connection failed", e);
        }
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
