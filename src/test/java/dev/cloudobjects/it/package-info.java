/**
 * The application as it is deployed: tests inside the server and from outside.
 *
 * <p>A test class extends {@link dev.cloudobjects.it.InContainer} to run inside, with injections, or
 * {@link dev.cloudobjects.it.FromOutside} to speak to the server as a client does, through
 * {@link dev.cloudobjects.it.client.Client}. All share one deployment, made for the first of them, so that a further class
 * costs nothing: keep users, groups and channels of a test its own, and never stop what others use.
 */
@NullMarked
package dev.cloudobjects.it;

import org.jspecify.annotations.NullMarked;
