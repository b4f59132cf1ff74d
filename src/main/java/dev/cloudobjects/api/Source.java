package dev.cloudobjects.api;

import java.util.Locale;

/** The path through which a call came in. */
public enum Source {
    /** {@code vk.callFunction} of the SDK. */
    CLIENT,
    /** Any other HTTP request. */
    HTTP,
    /** Another bean of the server, through {@link CloudObjects}. */
    FUNCTION,
    /** A timer of the application. */
    TIMING,
    /** The server itself. */
    SERVER,
    /** A WebSocket connection: an event, or a method that its client calls over it. */
    WEBSOCKET;

    /** The name in VK's spelling, for example {@code "websocket"}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
