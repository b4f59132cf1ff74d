package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.loop.ByteSocket;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** Gets at the socket below an upgraded connection, which is the container's no longer. */
public interface SocketAccess {

    /** Takes the socket. @throws IOException when it can't be had, or is closed already */
    ByteSocket take(WebConnection connection) throws IOException;
}
