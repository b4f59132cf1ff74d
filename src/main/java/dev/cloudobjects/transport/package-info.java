/**
 * What faces the network: the WebSocket handshake and endpoint, {@code POST /connect}, calls over HTTP.
 *
 * <p>Depends on {@code api}, {@code config}, {@code dispatch}, {@code filter}, {@code framing}, {@code json},
 * {@code limit}, {@code log}, {@code loop}, {@code manage}, {@code noise}, {@code objects}, {@code observe},
 * {@code protocol}, {@code routing}, {@code security}, {@code session} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.transport;

import org.jspecify.annotations.NullMarked;
