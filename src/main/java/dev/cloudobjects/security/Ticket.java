package dev.cloudobjects.security;

import org.jspecify.annotations.Nullable;

/**
 * What a ticket binds: a client that shows it connects as this, and as nothing else.
 *
 * @param path the path of the cloud object
 * @param channel the channel; {@code null} leaves it to the client
 * @param protocol the protocol that the client speaks where its platform has no subprotocols; {@code null} leaves it
 *     to the handshake
 * @param encrypted whether an encrypted channel is demanded; {@code false} leaves it to the client
 * @param query JSON that the connection event gets as its data; {@code null} for none
 * @param login the user; {@code null} for nobody
 * @param client what the client said of itself when the ticket was made; its address is not bound
 */
public record Ticket(
        String path,
        @Nullable String channel,
        @Nullable String protocol,
        boolean encrypted,
        @Nullable String query,
        @Nullable Login login,
        Caller.Client client) {}
