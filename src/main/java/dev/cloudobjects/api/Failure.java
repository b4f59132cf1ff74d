package dev.cloudobjects.api;

/**
 * The data of {@code onWebsocketError}.
 *
 * @param cid the connection whose event failed
 * @param errMsg the message of what the event threw, or the name of its class; it may say more than the client got
 */
public record Failure(String cid, String errMsg) {}
