package dev.cloudobjects.api;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket address being made for any client. What is set here is bound by the signature: the client can neither
 * lower nor change it. Not safe for use by several threads.
 */
public interface SignedURL {

    /** The path of the object to connect to, in place of the current one. */
    SignedURL path(String path);

    /**
     * What the connection event gets as its data: any JSON-B value. It travels signed, not secret, and in the url, which
     * servers and proxies limit to some kilobytes.
     */
    SignedURL query(@Nullable Object query);

    /** The channel; without it the client may name one. */
    SignedURL channel(String channel);

    /**
     * Demands an encrypted channel; without it the client may ask for one. Only the ticket says so: the client has to ask
     * for the channel all the same, with {@code encrypt: true}.
     */
    SignedURL encrypt();

    /** Connects as nobody, in place of the user of the call in progress. */
    SignedURL anonymous();

    /**
     * The address, {@code ws://} or {@code wss://}, good for one connection within the time of
     * {@code cloudobjects.ticket.life}. It carries the user of the call in progress.
     *
     * @throws CloudObjectException with code 404 when there is no such object, or it takes no connections; with 503 when no
     *     request tells the address of this server and {@code cloudobjects.public-url} is not set
     */
    String create();
}
