/**
 * Counters, and which current values are shown, in plain Java. {@code observe.microprofile} exposes both as metrics.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.observe;

import org.jspecify.annotations.NullMarked;
