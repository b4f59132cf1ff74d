/**
 * What travels over a WebSocket connection: frames, their two dialects, close codes.
 *
 * <p>{@code docs/protocol.md} is the normative text; the golden frames under {@code src/test/resources/protocol} bind
 * this package and the SDK to it. Pure Java, no container. Depends on {@code api} and
 * {@code json}.
 */
@NullMarked
package dev.cloudobjects.protocol;

import org.jspecify.annotations.NullMarked;
