package dev.cloudobjects.socket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Upgrades an accepted handshake to a WebSocket. */
public interface SocketUpgrade {

    /** Answers the handshake with 101, and opens a {@link SocketListener} on the socket. */
    void upgrade(HttpServletRequest request, HttpServletResponse response, AcceptedHandshake accepted) throws IOException;
}
