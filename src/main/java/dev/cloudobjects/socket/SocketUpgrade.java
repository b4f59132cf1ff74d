package dev.cloudobjects.socket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How an accepted handshake becomes a socket. */
public interface SocketUpgrade {

    /** Answers an accepted handshake; a conversation begins on the socket. */
    void upgrade(HttpServletRequest request, HttpServletResponse response, AcceptedHandshake accepted) throws IOException;
}
