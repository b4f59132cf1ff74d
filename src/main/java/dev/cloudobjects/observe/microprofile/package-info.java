/**
 * Health, metrics and OpenAPI by MicroProfile. The only package that uses these APIs, so that the other packages work on
 * servers without them.
 *
 * <p>Depends on {@code dispatch}, {@code handshake}, {@code history}, {@code json}, {@code limit}, {@code link},
 * {@code objects}, {@code observe}, {@code presence}, {@code routing}, {@code session} and {@code storage}.
 */
@NullMarked
package dev.cloudobjects.observe.microprofile;

import org.jspecify.annotations.NullMarked;
