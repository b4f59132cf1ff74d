/**
 * Plain HTTP: calls of methods, the limits on them, the filters in front of every request, and the form of an answer.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code dispatch}, {@code filter}, {@code json},
 * {@code limit}, {@code log}, {@code observe}, {@code security}, {@code threads} and
 * {@code time}.
 */
@NullMarked
package dev.cloudobjects.http;

import org.jspecify.annotations.NullMarked;
