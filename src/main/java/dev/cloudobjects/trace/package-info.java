/**
 * Traces: what happens to the messages of one connection, or of all connections of one user, line by line in the log, for
 * as long as somebody wants to know. Pure Java.
 *
 * <p>Depends on {@code log}.
 */
@NullMarked
package dev.cloudobjects.trace;

import org.jspecify.annotations.NullMarked;
