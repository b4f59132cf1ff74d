/**
 * The frames of WebSocket (RFC 6455) as bytes, for the transport {@code servlet}, which reads and writes them itself. Pure Java.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.framing;

import org.jspecify.annotations.NullMarked;
