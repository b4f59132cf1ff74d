/**
 * From a frame or an HTTP call through the filters to the cloud object, and back as an answer.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code filter}, {@code json}, {@code link}, {@code log},
 * {@code login}, {@code objects}, {@code observe}, {@code protocol}, {@code routing}, {@code security}, {@code session},
 * {@code time} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.dispatch;

import org.jspecify.annotations.NullMarked;
