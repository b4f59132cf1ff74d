/**
 * WebSocket as its bytes are, where the application itself speaks it ({@code cloudobjects.transport=servlet}, as in the shipped
 * server.xml). The server's own WebSocket is not held to this: where it differs is in docs/security.md.
 */
@NullMarked
package dev.cloudobjects.it.wire;

import org.jspecify.annotations.NullMarked;
