/**
 * What was sent to groups and is kept for members that have missed it: positions, epochs and limits. It knows of no connection.
 *
 * <p>Depends on {@code api}, {@code config}, {@code json}, {@code protocol} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.history;

import org.jspecify.annotations.NullMarked;
