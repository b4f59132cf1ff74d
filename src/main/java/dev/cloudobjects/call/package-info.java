/**
 * The call in progress on a thread, and what applications may inject of it.
 *
 * <p>Depends on {@code api}, {@code config}, {@code log}, {@code objects}, {@code protocol}, {@code security}.
 */
@NullMarked
package dev.cloudobjects.call;

import org.jspecify.annotations.NullMarked;
