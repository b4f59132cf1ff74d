/**
 * Makes a call of a frame or an HTTP request, runs it through the filters and the cloud object, and answers it.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code filter}, {@code json}, {@code link}, {@code log},
 * {@code login}, {@code objects}, {@code observe}, {@code protocol}, {@code request}, {@code routing}, {@code security},
 * {@code session}, {@code threads}, {@code time} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.dispatch;

import org.jspecify.annotations.NullMarked;
