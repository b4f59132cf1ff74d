/**
 * What MicroProfile shows of the application: health, metrics and OpenAPI. The only package that knows those APIs, so
 * that the rest deploys where they are missing.
 *
 * <p>Depends on {@code dispatch}, {@code handshake}, {@code json}, {@code objects}, {@code observe}, {@code routing},
 * {@code session} and {@code storage}.
 */
@NullMarked
package dev.cloudobjects.observe.microprofile;

import org.jspecify.annotations.NullMarked;
