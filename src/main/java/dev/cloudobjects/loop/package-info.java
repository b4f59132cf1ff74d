/**
 * Non-blocking sockets, served by a few event loops with Java NIO. The content of the bytes is of no concern here.
 *
 * <p>Depends on {@code log}.
 */
@NullMarked
package dev.cloudobjects.loop;

import org.jspecify.annotations.NullMarked;
