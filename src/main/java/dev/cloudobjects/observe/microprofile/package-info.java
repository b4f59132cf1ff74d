/**
 * Health, metrics and OpenAPI by MicroProfile. The only package that uses these APIs, so that the other packages work on
 * servers without them.
 *
 * <p>Depends on {@code dispatch}, {@code objects}, {@code observe}, {@code protocol}, {@code routing}, {@code session},
 * {@code storage} and {@code transport}.
 */
@NullMarked
package dev.cloudobjects.observe.microprofile;

import org.jspecify.annotations.NullMarked;
