/**
 * Counters, in plain Java. {@code observe.microprofile} exposes them as metrics.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.observe;

import org.jspecify.annotations.NullMarked;
