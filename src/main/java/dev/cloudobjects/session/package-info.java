/**
 * The sessions of this node: one for each client at a cloud object, with its state, login, groups and inbox; their indexes
 * and limits; and {@code WebSocketManage} over them. What is sent to a session goes over its link.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code directory}, {@code json}, {@code limit}, {@code link},
 * {@code log}, {@code objects}, {@code observe}, {@code protocol}, {@code security}, {@code time} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.session;

import org.jspecify.annotations.NullMarked;
