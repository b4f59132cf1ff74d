package dev.cloudobjects.security;

import org.jspecify.annotations.Nullable;

/**
 * The content of a ticket, which the handshake uses in place of the client's parameters. Immutable.
 *
 * @param path the path of the cloud object
 * @param channel the channel; {@code null} if the client chooses
 * @param protocol the dialect, for clients on platforms without subprotocols; {@code null} if the handshake decides
 * @param encrypted whether the connection must be encrypted; {@code false} if the client decides
 * @param query the data of the connection event, as JSON; {@code null} without data
 * @param login the login; {@code null} without one
 * @param client what the client has sent about itself when the ticket was issued; its address is not bound
 */
public record Ticket(
        String path,
        @Nullable String channel,
        @Nullable String protocol,
        boolean encrypted,
        @Nullable String query,
        @Nullable Login login,
        Caller.Client client) {}
