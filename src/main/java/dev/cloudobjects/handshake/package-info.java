/**
 * How a client connects: {@code POST /connect} issues a ticket, and the WebSocket handshake at {@code /ws/<path>} is accepted or
 * refused. An accepted handshake is upgraded in one of two ways.
 *
 * <p>Depends on {@code api}, {@code config}, {@code filter}, {@code http}, {@code json}, {@code liberty}, {@code limit},
 * {@code link}, {@code log}, {@code loop}, {@code manage}, {@code objects}, {@code observe}, {@code protocol},
 * {@code routing}, {@code security}, {@code session}, {@code socket}, {@code socket.framed}, {@code socket.jakarta}, {@code socket.servlet},
 * {@code time} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.handshake;

import org.jspecify.annotations.NullMarked;
