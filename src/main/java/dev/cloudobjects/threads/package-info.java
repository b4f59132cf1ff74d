/**
 * How tasks get threads.
 *
 * <p>Depends on {@code log}.
 */
@NullMarked
package dev.cloudobjects.threads;

import org.jspecify.annotations.NullMarked;
