/**
 * Sockets that never make a thread wait: a few threads wait for all of them at once. Pure Java NIO; what the bytes mean is
 * not known here.
 *
 * <p>Depends on {@code log}.
 */
@NullMarked
package dev.cloudobjects.loop;

import org.jspecify.annotations.NullMarked;
