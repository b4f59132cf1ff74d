/**
 * The call in progress on a thread, and what applications may inject of it.
 *
 * <p>Depends on {@code api}, {@code config}, {@code json}, {@code log}, {@code objects} and {@code security}.
 */
@NullMarked
package dev.cloudobjects.call;

import org.jspecify.annotations.NullMarked;
