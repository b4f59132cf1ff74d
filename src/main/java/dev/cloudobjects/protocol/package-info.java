/**
 * What travels over a WebSocket connection: frames, their two dialects, JSON and its limits, close codes.
 *
 * <p>{@code docs/protocol.md} is the normative text; the golden frames under {@code src/test/resources/protocol} bind
 * this package and the SDK to it. Pure Java on {@code jakarta.json}, no container. Depends on {@code api}.
 */
@NullMarked
package dev.cloudobjects.protocol;

import org.jspecify.annotations.NullMarked;
