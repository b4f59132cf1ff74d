/**
 * The transport {@code websocket}: the container speaks WebSocket, through the API of Jakarta WebSocket.
 *
 * <p>Depends on {@code config}, {@code protocol}, {@code session} and {@code socket}.
 */
@NullMarked
package dev.cloudobjects.socket.jakarta;

import org.jspecify.annotations.NullMarked;
