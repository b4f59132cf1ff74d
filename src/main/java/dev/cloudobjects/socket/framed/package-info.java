/**
 * Speaks WebSocket (RFC 6455) on a socket of {@code loop}: the reading and the writing side, whoever accepted the socket.
 *
 * <p>Depends on {@code framing}, {@code limit}, {@code link}, {@code loop}, {@code observe}, {@code protocol},
 * {@code socket} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.socket.framed;

import org.jspecify.annotations.NullMarked;
