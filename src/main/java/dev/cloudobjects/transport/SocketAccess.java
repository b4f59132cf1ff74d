package dev.cloudobjects.transport;

import dev.cloudobjects.loop.ByteSocket;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** Gets at the socket below an upgraded connection, which is the container's no longer. */
interface SocketAccess {

    /** Takes the socket. @throws IOException when it can't be had, or is closed already */
    ByteSocket take(WebConnection connection) throws IOException;
}
