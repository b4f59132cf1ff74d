/**
 * The transport {@code websocket}: the container speaks WebSocket, through the API of Jakarta WebSocket.
 *
 * <p>Depends on {@code config}, {@code link}, {@code protocol} and {@code socket}.
 */
@NullMarked
package dev.cloudobjects.socket.jakarta;

import org.jspecify.annotations.NullMarked;
