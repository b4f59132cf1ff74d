package dev.cloudobjects.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How an accepted handshake becomes a socket. */
interface SocketUpgrade {

    /** Answers an accepted handshake; a conversation begins on the socket. */
    void upgrade(HttpServletRequest request, HttpServletResponse response, Handshake accepted) throws IOException;
}
