/**
 * Wires the beans, and starts and stops the application in order.
 *
 * <p>May depend on everything; nothing depends on it.
 */
@NullMarked
package dev.cloudobjects.boot;

import org.jspecify.annotations.NullMarked;
