/**
 * One socket of a client: what waits to be written to it, its heartbeat, its codec, and what the client has said about
 * itself on it. A link ends with its socket. It knows nothing of sessions, users, groups or cloud objects: whoever uses it
 * implements {@link dev.cloudobjects.link.Carried}.
 *
 * <p>Depends on {@code config}, {@code limit}, {@code log}, {@code protocol}, {@code threads} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.link;

import org.jspecify.annotations.NullMarked;
