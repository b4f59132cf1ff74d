/**
 * Benchmark objects, deployed only if {@code cloudobjects.bench} is true. Depends on {@code api} only.
 */
@NullMarked
package dev.cloudobjects.bench;

import org.jspecify.annotations.NullMarked;
