/**
 * The connections of this node: their state machine, inbox, outgoing queue, registry, and {@code WebSocketManage} over
 * them.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code directory}, {@code json}, {@code limit}, {@code log},
 * {@code objects}, {@code observe}, {@code protocol}, {@code security} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.session;

import org.jspecify.annotations.NullMarked;
