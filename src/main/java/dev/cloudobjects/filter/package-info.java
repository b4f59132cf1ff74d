/**
 * The one filter chain that WebSocket events and HTTP calls pass: who may call, and the application's own filters.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code json}, {@code log}, {@code objects}, {@code routing}
 * and {@code security}.
 */
@NullMarked
package dev.cloudobjects.filter;

import org.jspecify.annotations.NullMarked;
