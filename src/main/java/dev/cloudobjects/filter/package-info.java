/**
 * The filter chain that every WebSocket event and HTTP call passes, and the guard of beans that are invoked without it.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code json}, {@code log}, {@code objects}, {@code routing}
 * and {@code security}.
 */
@NullMarked
package dev.cloudobjects.filter;

import org.jspecify.annotations.NullMarked;
