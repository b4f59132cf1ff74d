/**
 * The clock for durations, and timeouts. The time of day is a {@code java.time.InstantSource}.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.time;

import org.jspecify.annotations.NullMarked;
