package dev.cloudobjects.config;

/** The implementation of WebSocket that serves clients. */
public enum Transport {
    /** The application server's, by Jakarta WebSocket. */
    WEBSOCKET,
    /** The application's own, on the sockets of connections that the servlet container has upgraded. */
    SERVLET
}
