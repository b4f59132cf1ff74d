/**
 * What MicroProfile shows of the application: health, metrics and OpenAPI. The only package that knows those APIs, so
 * that the rest deploys where they are missing.
 *
 * <p>Depends on {@code dispatch}, {@code json}, {@code limit}, {@code link}, {@code objects}, {@code observe},
 * {@code routing}, {@code session}, {@code storage} and {@code transport}.
 */
@NullMarked
package dev.cloudobjects.observe.microprofile;

import org.jspecify.annotations.NullMarked;
