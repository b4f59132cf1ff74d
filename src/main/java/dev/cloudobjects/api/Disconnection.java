package dev.cloudobjects.api;

/**
 * The data of {@code onWebsocketDisConnection}.
 *
 * @param cid the connection that ended
 * @param code the WebSocket close code; 1006 when the socket vanished without one
 * @param reason why it ended, in a word or a short sentence, possibly empty
 */
public record Disconnection(String cid, int code, String reason) {}
