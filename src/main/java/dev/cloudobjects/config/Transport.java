package dev.cloudobjects.config;

/** Who speaks WebSocket with the clients. */
public enum Transport {
    /** The application server, by Jakarta WebSocket. */
    WEBSOCKET,
    /** The application itself, over the upgrade of the servlet container. */
    SERVLET
}
