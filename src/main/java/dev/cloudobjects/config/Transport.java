package dev.cloudobjects.config;

/** Who speaks WebSocket with the clients. */
public enum Transport {
    /** The application server, by Jakarta WebSocket. */
    WEBSOCKET,
    /** The application itself, on the sockets of connections that the servlet container has upgraded. */
    SERVLET
}
