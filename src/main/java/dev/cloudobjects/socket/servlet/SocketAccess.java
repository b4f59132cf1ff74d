package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.loop.ByteSocket;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** Takes the socket of an upgraded connection from the container. */
public interface SocketAccess {

    /** Takes the socket. @throws IOException when it is not available, or closed */
    ByteSocket take(WebConnection connection) throws IOException;
}
