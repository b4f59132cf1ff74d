/**
 * The catalogue of log messages: each has an id that is never used again for another one.
 *
 * <p>Depends on {@code limit}.
 */
@NullMarked
package dev.cloudobjects.log;

import org.jspecify.annotations.NullMarked;
