/**
 * Puts the parts together and starts and stops them in order.
 *
 * <p>May depend on everything; nothing depends on it.
 */
@NullMarked
package dev.cloudobjects.boot;

import org.jspecify.annotations.NullMarked;
