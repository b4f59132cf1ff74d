/**
 * The messages of one open WebSocket, whichever class reads its bytes: fragments become messages, and an encrypted channel is
 * opened, read and written.
 *
 * <p>Depends on {@code config}, {@code dispatch}, {@code json}, {@code limit}, {@code link}, {@code noise},
 * {@code observe}, {@code protocol}, {@code security}, {@code session} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.socket;

import org.jspecify.annotations.NullMarked;
