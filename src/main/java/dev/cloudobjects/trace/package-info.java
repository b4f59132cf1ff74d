/**
 * Traces: log lines about the processing of the messages of one connection, or of all connections of one user, for a limited
 * time. No container.
 *
 * <p>Depends on {@code log}.
 */
@NullMarked
package dev.cloudobjects.trace;

import org.jspecify.annotations.NullMarked;
