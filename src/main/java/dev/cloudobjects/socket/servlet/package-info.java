/**
 * The transport {@code servlet}: the servlet container upgrades the connection, and the application speaks WebSocket (RFC 6455) on
 * its socket.
 *
 * <p>Depends on {@code config}, {@code framing}, {@code link}, {@code log}, {@code loop}, {@code protocol}, {@code socket},
 * {@code socket.framed} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.socket.servlet;

import org.jspecify.annotations.NullMarked;
