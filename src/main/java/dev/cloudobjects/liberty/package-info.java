/**
 * What only Open Liberty has: the socket of an upgraded connection, the ports that are open, and the event that the server stops.
 * An application is not compiled against the classes of Liberty, so they are called by reflection. On another server, or another
 * version of Liberty, these classes find nothing and say so.
 *
 * <p>Depends on {@code log}, {@code loop} and {@code socket.servlet}.
 */
@NullMarked
package dev.cloudobjects.liberty;

import org.jspecify.annotations.NullMarked;
